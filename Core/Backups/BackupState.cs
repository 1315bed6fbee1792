namespace Platform.Core.Backups;

/// <summary>How it stands with backups.</summary>
/// <param name="Newest">Null when none was made.</param>
/// <param name="NewestTrial">Null when none was restored for a trial.</param>
public sealed record BackupState(MadeBackup? Newest, BackupTrial? NewestTrial);
