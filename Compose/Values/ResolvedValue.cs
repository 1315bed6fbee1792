using System.Text;

namespace Platform.Compose.Values;

/// <summary>A resolved expression: known text, and parts that only the server knows.</summary>
/// <param name="Parts">In order; texts that touch are one.</param>
/// <param name="NeedsHttps">It refers to an https binding, which does not exist here.</param>
/// <param name="NeedsOther">It refers to something else.</param>
internal sealed record ResolvedValue(IReadOnlyList<ValuePart> Parts, bool NeedsHttps, bool NeedsOther)
{
    /// <summary>It must not appear in a compose file.</summary>
    public bool IsSecret => Parts.Any(part => part is SecretPart);

    /// <summary>The secret that this is, and nothing else; null when there is more or less.</summary>
    public SecretPart? OnlySecret => Parts is [SecretPart { Filtered: false } secret] ? secret : null;

    public static ResolvedValue Text(string text) => new(text.Length == 0 ? [] : [new TextPart(text)], NeedsHttps: false, NeedsOther: false);

    public static ResolvedValue Join(IEnumerable<ResolvedValue> values)
    {
        var parts = new List<ValuePart>();
        var needsHttps = false;
        var needsOther = false;
        foreach (var value in values)
        {
            needsHttps |= value.NeedsHttps;
            needsOther |= value.NeedsOther;
            foreach (var part in value.Parts)
            {
                if (part is TextPart text && parts.LastOrDefault() is TextPart before)
                {
                    parts[^1] = new TextPart(before.Text + text.Text);
                }
                else
                {
                    parts.Add(part);
                }
            }
        }

        return new ResolvedValue(parts, needsHttps, needsOther);
    }

    /// <summary>As a compose file writes it: dollars doubled, variables in braces.</summary>
    /// <exception cref="InvalidOperationException">It is a secret.</exception>
    public string ToComposeText()
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            text.Append(part switch
            {
                TextPart literal => literal.Text.Replace("$", "$$", StringComparison.Ordinal),
                VariablePart variable => variable.ToComposeText(),
                _ => throw new InvalidOperationException("A secret must be a file."),
            });
        }

        return text.ToString();
    }
}
