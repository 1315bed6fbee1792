using Platform.Contracts.Backups;

namespace Platform.Core.Backups;

/// <summary>A backup as recorded in the database.</summary>
/// <param name="File">Name of the dump.</param>
/// <param name="Cause">Why.</param>
/// <param name="SizeBytes">Of the dump.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record RecordedBackup(string File, BackupCause Cause, long SizeBytes, DateTimeOffset CreatedAt);
