using Platform.Contracts.Backups;

namespace Platform.Core.Backups;

/// <summary>State of the backups. All times are on the database's clock.</summary>
/// <param name="Newest">Null when none was made.</param>
/// <param name="NewestDrill">Null when no drill was run.</param>
/// <param name="Expected">Whether backups are expected: some were made by the schedule or by deployments, and the schedule's last run found a folder to write to.</param>
/// <param name="InstalledAt">UTC; since when there is a platform. Null before its first migration ended.</param>
/// <param name="At">UTC; when this was read.</param>
public sealed record BackupState(RecordedBackup? Newest, BackupDrillResult? NewestDrill, bool Expected, DateTimeOffset? InstalledAt, DateTimeOffset At)
{
    /// <summary>Maximum age of the newest backup: a night and half a day.</summary>
    public static readonly TimeSpan LongestAge = TimeSpan.FromHours(36);

    /// <summary>Whether an operator must act.</summary>
    public BackupVerdict Verdict => this switch
    {
        { NewestDrill.Problem: not null } => BackupVerdict.Unusable,
        { Newest: { } newest } when At - newest.CreatedAt <= LongestAge => BackupVerdict.Fine,
        { Newest: null } when At - (InstalledAt ?? At) <= LongestAge => BackupVerdict.NoneYet,
        { Expected: true } => BackupVerdict.Overdue,
        _ => BackupVerdict.NotSet,
    };

    /// <summary>How it stands with the backups, in one sentence without names of folders.</summary>
    public string Message => Verdict switch
    {
        BackupVerdict.Unusable => "The last restore drill failed.",
        BackupVerdict.Overdue when Newest is null => "No backup exists yet, though one is due each night.",
        BackupVerdict.Overdue => $"The newest backup is older than {LongestAge.TotalHours:0} hours.",
        BackupVerdict.NoneYet => "No backup exists yet. One is made each night if BACKUPS_DIR is set.",
        BackupVerdict.NotSet => "Backups are off: BACKUPS_DIR is not set.",
        _ => "The newest backup is recent.",
    };
}

/// <summary>A backup that was made.</summary>
/// <param name="File">Name of the dump.</param>
/// <param name="Cause">Why.</param>
/// <param name="SizeBytes">Of the dump.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record RecordedBackup(string File, BackupCause Cause, long SizeBytes, DateTimeOffset CreatedAt);

/// <summary>A restore drill.</summary>
/// <param name="File">Name of the dump.</param>
/// <param name="Problem">Why it could not be restored; null when it could.</param>
/// <param name="Tables">Tables that were compared; null when it could not be restored, and for drills of earlier versions.</param>
/// <param name="Rows">Rows in them; null as for the tables.</param>
/// <param name="FinishedAt">UTC.</param>
public sealed record BackupDrillResult(string File, string? Problem, int? Tables, long? Rows, DateTimeOffset FinishedAt);
