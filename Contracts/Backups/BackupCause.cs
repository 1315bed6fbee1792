namespace Platform.Contracts.Backups;

/// <summary>Why a backup was made.</summary>
public enum BackupCause
{
    /// <summary>By the schedule.</summary>
    Nightly,

    /// <summary>Before another version took over.</summary>
    Deploy,

    /// <summary>Because somebody asked.</summary>
    Manual,
}
