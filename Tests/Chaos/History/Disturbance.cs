namespace Platform.Tests.Chaos.History;

/// <summary>A time during which something was broken on purpose, UTC.</summary>
public sealed record Disturbance(DateTimeOffset From, DateTimeOffset Until);
