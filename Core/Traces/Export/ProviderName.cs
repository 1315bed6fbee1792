namespace Platform.Core.Traces.Export;

/// <summary>The provider, which the GenAI conventions require on each span.</summary>
internal static class ProviderName
{
    private const string Unknown = "unknown";

    private static readonly (string Start, string Provider)[] ByModel =
    [
        ("claude", "anthropic"), ("gpt", "openai"), ("chatgpt", "openai"), ("o1", "openai"), ("o3", "openai"), ("o4", "openai"),
        ("gemini", "gcp.gemini"), ("grok", "x_ai"), ("deepseek", "deepseek"), ("mistral", "mistral_ai"), ("kimi", "moonshot_ai"),
    ];

    /// <summary>As recorded, else by the model's name: imported traces do not have it.</summary>
    public static string Of(string? recorded, string? model) =>
        recorded ?? ByModel.FirstOrDefault(one => model?.StartsWith(one.Start, StringComparison.OrdinalIgnoreCase) == true).Provider ?? Unknown;
}
