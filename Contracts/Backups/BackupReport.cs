namespace Platform.Contracts.Backups;

/// <summary>Answer of <c>GET /api/v1/backups</c>: the state of backups.</summary>
/// <param name="Verdict">Whether an operator must act.</param>
/// <param name="Message">The same in one sentence.</param>
/// <param name="LastBackup">The newest; null when none was made.</param>
/// <param name="LastDrill">The last restore drill; null when there was none.</param>
public sealed record BackupReport(BackupVerdict Verdict, string Message, BackupResponse? LastBackup, BackupDrillResponse? LastDrill);

/// <summary>A backup of the database.</summary>
/// <param name="File">Name of the dump, without its folder.</param>
/// <param name="Cause">Why it was made.</param>
/// <param name="SizeBytes">Of the dump.</param>
/// <param name="CreatedAt">UTC of its contents.</param>
/// <param name="AgeSeconds">How old its contents are, by the database's clock.</param>
public sealed record BackupResponse(string File, BackupCause Cause, long SizeBytes, DateTimeOffset CreatedAt, long AgeSeconds);

/// <summary>A restore drill.</summary>
/// <param name="File">Name of the dump, without its folder.</param>
/// <param name="Passed">Whether the restored database equals the backed-up one.</param>
/// <param name="Message">One sentence: what was found, or that it failed.</param>
/// <param name="Problem">Why it failed, without names of folders; null when it passed, and for those who may not know.</param>
/// <param name="Tables">Tables that were compared; null when it failed, and for drills of earlier versions.</param>
/// <param name="Rows">Rows in them; null as for the tables.</param>
/// <param name="FinishedAt">UTC.</param>
/// <param name="AgeSeconds">How long ago that was, by the database's clock.</param>
public sealed record BackupDrillResponse(
    string File, bool Passed, string Message, string? Problem, int? Tables, long? Rows, DateTimeOffset FinishedAt, long AgeSeconds);
