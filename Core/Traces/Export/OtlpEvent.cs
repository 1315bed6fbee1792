namespace Platform.Core.Traces.Export;

/// <summary>Something that happened inside a span.</summary>
/// <param name="Name">What.</param>
/// <param name="At">UTC.</param>
/// <param name="AddAttributes">Adds its attributes.</param>
internal sealed record OtlpEvent(string Name, DateTimeOffset At, Action<OtlpAttributes> AddAttributes);
