namespace Platform.Web.Features.Traces.Configuration;

/// <summary>A group of settings.</summary>
/// <param name="Name">Name of the group.</param>
/// <param name="Settings">Name and value of each setting.</param>
public sealed record ConfigCard(string Name, IReadOnlyList<(string Key, string Value)> Settings);
