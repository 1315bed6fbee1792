namespace Platform.Contracts.Backups;

/// <summary>Whether somebody must look after the backups.</summary>
public enum BackupVerdict
{
    /// <summary>The newest is young enough, and the last that was tried could be restored.</summary>
    Fine,

    /// <summary>None was made yet, and the platform is too young for that to mean anything.</summary>
    NoneYet,

    /// <summary>Nobody asked for any: no folder for them is set.</summary>
    NotSet,

    /// <summary>The newest is too old, or there is none although there should be.</summary>
    Overdue,

    /// <summary>The last that was tried could not be restored.</summary>
    Unusable,
}
