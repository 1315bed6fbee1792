namespace Platform.Compose.Output;

/// <summary>A secret that must be there.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Recipe">Where its value comes from.</param>
/// <param name="Group">The group that reads it; null when it is only part of others.</param>
internal sealed record NeededSecret(string Name, SecretRecipe Recipe, string? Group);
