namespace Platform.Core.Backups;

/// <summary>The contents of a database at one moment that a backup is compared by.</summary>
/// <param name="Migration">The newest one.</param>
/// <param name="Server">Version of the server.</param>
/// <param name="At">UTC, on its clock.</param>
/// <param name="Counts">Rows by table.</param>
/// <param name="Sequences">Last values by sequence.</param>
/// <param name="TraceSample">SHA-256 of documents by trace.</param>
public sealed record DatabaseContents(
    string Migration,
    string Server,
    DateTimeOffset At,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyDictionary<string, long?> Sequences,
    IReadOnlyDictionary<string, string> TraceSample);
