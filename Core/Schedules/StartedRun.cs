namespace Platform.Core.Schedules;

/// <summary>A run that this process has begun.</summary>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="Number">Its number.</param>
/// <param name="Fence">Of this start; only the newest may finish.</param>
/// <param name="Lost">Cancelled when another worker began it again.</param>
public sealed record StartedRun(string Schedule, long Number, long Fence, CancellationToken Lost);
