using System.Text.RegularExpressions;

namespace Platform.Compose.Profiles;

/// <summary>The variables of a profile, and which of them it used.</summary>
/// <param name="profile">The profile's name.</param>
/// <param name="declared">By name, in order.</param>
internal sealed partial class ProfileVariables(string profile, IReadOnlyDictionary<string, ProfileVariable> declared)
{
    /// <summary>By name, in the order of the profile.</summary>
    public IReadOnlyDictionary<string, ProfileVariable> Declared => declared;

    /// <summary>The text with each <c>${NAME}</c> given its default, as compose reads it; <c>$$</c> stays a dollar.</summary>
    /// <exception cref="ComposeException">A name is not declared.</exception>
    public string Expand(string text) => Reference().Replace(text, match => match.Value == "$$" ? match.Value : $"${{{match.Groups[1].Value}:-{DefaultOf(match)}}}");

    /// <summary>The text with each <c>${NAME}</c> replaced by its default.</summary>
    /// <exception cref="ComposeException">A name is not declared.</exception>
    public string ExpandToDefaults(string text) => Reference().Replace(text, match => match.Value == "$$" ? "$" : DefaultOf(match));

    /// <summary>The name of the variable that the text is, and nothing else; null when there is more or less.</summary>
    public static string? OnlyVariable(string text) => Reference().Match(text) is { Success: true } match && match.Length == text.Length && match.Value != "$$" ? match.Groups[1].Value : null;

    private string DefaultOf(Match match) =>
        declared.TryGetValue(match.Groups[1].Value, out var variable)
            ? variable.Default
            : throw new ComposeException($"Profile '{profile}': '{match.Value}' is used but not declared under variables; a dollar itself is written $$.");

    [GeneratedRegex("""\$\$|\$(?:\{([A-Z0-9_]+)\})?""")]
    private static partial Regex Reference();
}
