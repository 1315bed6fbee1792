namespace Platform.Contracts.Backups;

/// <summary>A backup that was restored for a trial.</summary>
/// <param name="File">Name of the dump, without its folder.</param>
/// <param name="Passed">Whether the restored database was what the backup had been made of.</param>
/// <param name="Message">One sentence: what was found, or that it failed.</param>
/// <param name="Problem">Why it failed, without names of folders; null when it passed, and for those who may not know.</param>
/// <param name="Tables">Tables that were compared; null when it failed, and for trials of earlier versions.</param>
/// <param name="Rows">Rows in them; null as for the tables.</param>
/// <param name="FinishedAt">UTC.</param>
/// <param name="AgeSeconds">How long ago that was, by the database's clock.</param>
public sealed record BackupDrillResponse(
    string File, bool Passed, string Message, string? Problem, int? Tables, long? Rows, DateTimeOffset FinishedAt, long AgeSeconds);
