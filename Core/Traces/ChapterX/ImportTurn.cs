namespace Platform.Core.Traces.ChapterX;

/// <summary>Imports write batch by batch in turn, and so does whatever deletes what they may be referring to.</summary>
internal static class ImportTurn
{
    /// <summary>An SQL expression that waits for the turn and holds it until the transaction ends.</summary>
    public const string Take = "pg_advisory_xact_lock(hashtextextended('chapterx import', 0))";
}
