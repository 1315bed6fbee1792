namespace Platform.Core.Models.Providers;

/// <summary>Something in the provider settings that had to be left out.</summary>
/// <param name="Source">A file's path or <c>environment</c>.</param>
/// <param name="Line">From 1; null when it is not a file's.</param>
/// <param name="Key">Such as <c>providers.openai.api_base</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong and what to do, in one sentence, never with a secret.</param>
public sealed record ProviderProblem(string Source, int? Line, string Key, string Message)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Source}{(Line is null ? "" : $":{Line}")}: {(Key.Length == 0 ? "" : $"{Key}: ")}{Message}";
}
