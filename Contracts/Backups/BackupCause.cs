namespace Platform.Contracts.Backups;

/// <summary>Why a backup was made.</summary>
public enum BackupCause
{
    /// <summary>By the schedule.</summary>
    Nightly,

    /// <summary>Before a deployment.</summary>
    Deploy,

    /// <summary>Requested by a person.</summary>
    Manual,
}
