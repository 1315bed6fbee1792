namespace Platform.Core.Traces.Verify;

/// <summary>A problem found by the check.</summary>
/// <param name="TraceId">Whose; null for what belongs to no trace.</param>
/// <param name="Message">What it is, for a person.</param>
public sealed record VerifyProblem(Guid? TraceId, string Message);
