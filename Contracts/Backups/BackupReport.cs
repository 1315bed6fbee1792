namespace Platform.Contracts.Backups;

/// <summary>Answer of <c>GET /api/v1/backups</c>: how it stands with backups.</summary>
/// <param name="Verdict">Whether somebody must look after them.</param>
/// <param name="Message">The same in one sentence.</param>
/// <param name="LastBackup">The newest; null when none was made.</param>
/// <param name="LastDrill">The newest trial; null when none was made.</param>
public sealed record BackupReport(BackupVerdict Verdict, string Message, BackupResponse? LastBackup, BackupDrillResponse? LastDrill);
