namespace Platform.Contracts.Backups;

/// <summary>A copy of the database that was made.</summary>
/// <param name="File">Name of the dump, without its folder.</param>
/// <param name="Cause">Why it was made.</param>
/// <param name="SizeBytes">Of the dump.</param>
/// <param name="CreatedAt">UTC of its contents.</param>
/// <param name="AgeSeconds">How old its contents are, by the database's clock.</param>
public sealed record BackupResponse(string File, BackupCause Cause, long SizeBytes, DateTimeOffset CreatedAt, long AgeSeconds);
