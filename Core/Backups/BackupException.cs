namespace Platform.Core.Backups;

/// <summary>A backup that cannot be made, read or restored; the message says what to do.</summary>
public sealed class BackupException : Exception
{
    public BackupException()
    {
    }

    public BackupException(string message)
        : base(message)
    {
    }

    public BackupException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
