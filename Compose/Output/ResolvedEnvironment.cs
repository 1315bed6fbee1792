namespace Platform.Compose.Output;

/// <summary>A service's variables.</summary>
/// <param name="Variables">As compose writes them, by name.</param>
/// <param name="Secrets">The secrets whose files it reads, in order.</param>
/// <param name="SecretVariables">Names of variables that have become <c>NAME_FILE</c>.</param>
internal sealed record ResolvedEnvironment(
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyList<string> Secrets,
    IReadOnlyList<string> SecretVariables);
