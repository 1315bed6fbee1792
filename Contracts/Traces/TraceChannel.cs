namespace Platform.Contracts.Traces;

/// <summary>A channel that traces are of.</summary>
/// <param name="Id">Ours, or the foreign channel's id.</param>
/// <param name="Name">Title or name, as its newest trace has it; null when unknown.</param>
public sealed record TraceChannel(string Id, string? Name);
