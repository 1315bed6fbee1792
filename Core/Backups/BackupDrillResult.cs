namespace Platform.Core.Backups;

/// <summary>Result of a restore drill.</summary>
/// <param name="File">Name of the dump.</param>
/// <param name="Problem">Why it could not be restored; null when it could.</param>
/// <param name="Tables">Tables that were compared; null when it could not be restored, and for drills of earlier versions.</param>
/// <param name="Rows">Rows in them; null as for the tables.</param>
/// <param name="FinishedAt">UTC.</param>
public sealed record BackupDrillResult(string File, string? Problem, int? Tables, long? Rows, DateTimeOffset FinishedAt);
