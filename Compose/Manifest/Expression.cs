using System.Text;

namespace Platform.Compose.Manifest;

/// <summary>A text with references in braces, such as <c>Host={postgres.bindings.tcp.host}</c>; <c>{{</c> and <c>}}</c> are plain braces.</summary>
/// <param name="Parts">In order.</param>
internal sealed record Expression(IReadOnlyList<ExpressionPart> Parts)
{
    /// <exception cref="FormatException">A brace has no partner, or a reference is empty.</exception>
    public static Expression Parse(string text)
    {
        var parts = new List<ExpressionPart>();
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var isBrace = text[at] is '{' or '}';
            if (!isBrace || (at + 1 < text.Length && text[at + 1] == text[at]))
            {
                literal.Append(text[at]);
                at += isBrace ? 1 : 0;
                continue;
            }

            var end = text[at] == '{' ? text.IndexOf('}', at) : -1;
            var path = end < 0 ? [] : text[(at + 1)..end].Split('.');
            if (path.Length < 2 || path.Any(string.IsNullOrEmpty))
            {
                throw new FormatException($"'{text}' has a brace at {at} that starts no reference");
            }

            AddLiteral(parts, literal);
            parts.Add(new ReferencePart(path[0], path[1..]));
            at = end;
        }

        AddLiteral(parts, literal);
        return new Expression(parts);
    }

    /// <summary>The reference that this is, and nothing else; null when there is more or less.</summary>
    public ReferencePart? OnlyReference => Parts is [ReferencePart reference] ? reference : null;

    private static void AddLiteral(List<ExpressionPart> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new LiteralPart(literal.ToString()));
            literal.Clear();
        }
    }
}
