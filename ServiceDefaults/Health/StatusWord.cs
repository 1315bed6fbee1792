namespace Platform.ServiceDefaults.Health;

/// <summary>A state in one word.</summary>
internal sealed record StatusWord(string Status);
