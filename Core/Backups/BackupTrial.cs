namespace Platform.Core.Backups;

/// <summary>A backup that was restored for a trial.</summary>
/// <param name="File">Name of the dump.</param>
/// <param name="Problem">Why it could not be restored; null when it could.</param>
/// <param name="FinishedAt">UTC.</param>
public sealed record BackupTrial(string File, string? Problem, DateTimeOffset FinishedAt);
