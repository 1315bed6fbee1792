namespace Platform.Contracts.Backups;

/// <summary>Whether an operator must act.</summary>
public enum BackupVerdict
{
    /// <summary>The newest backup is recent, and the last restore drill passed.</summary>
    Fine,

    /// <summary>None was made yet, and none is due yet.</summary>
    NoneYet,

    /// <summary>Backups are disabled: no folder is set.</summary>
    NotSet,

    /// <summary>The newest backup is overdue.</summary>
    Overdue,

    /// <summary>The last restore drill failed.</summary>
    Unusable,
}
