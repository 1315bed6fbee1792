namespace Platform.Web.Features.Traces.Configuration;

/// <summary>Settings that belong together.</summary>
/// <param name="Name">What they are about.</param>
/// <param name="Settings">By name, each in one line.</param>
public sealed record ConfigCard(string Name, IReadOnlyList<(string Key, string Value)> Settings);
