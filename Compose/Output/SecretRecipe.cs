using System.Globalization;
using Platform.Compose.Values;

namespace Platform.Compose.Output;

/// <summary>Where a secret's value comes from.</summary>
/// <param name="How"><c>generate</c>, <c>given</c>, <c>optional</c> or <c>render</c>.</param>
/// <param name="Argument">The length, or the text to fill in.</param>
internal sealed record SecretRecipe(string How, string Argument)
{
    public const string Rendered = "render";

    private static readonly char[] Reserved = ['{', '}', '\t', '\n'];

    public static SecretRecipe Generate(int length) => new("generate", length.ToString(CultureInfo.InvariantCulture));

    /// <exception cref="ComposeException">The value holds what the table uses itself.</exception>
    public static SecretRecipe Render(string service, ResolvedValue value) => new(Rendered, string.Concat(value.Parts.Select(part => part switch
    {
        TextPart text when text.Text.IndexOfAny(Reserved) < 0 => text.Text,
        SecretPart secret => secret.Filtered ? $"{{{secret.Name}|uri}}" : $"{{{secret.Name}}}",
        VariablePart variable => $"{{${variable.Name}{(variable.Default is { } preset ? $":-{preset}" : "")}}}",
        _ => throw new ComposeException($"Resource '{service}': a value that contains a secret must not contain braces, tabs or line breaks."),
    })));
}
