namespace Platform.Core.Traces.ChapterX;

/// <summary>Imports write beside each other, but never beside what deletes rows that they may be about to refer to.</summary>
internal static class ImportTurn
{
    private const string Lock = "hashtextextended('chapterx import', 0)";

    /// <summary>An SQL expression for who imports: waits for who deletes, until the transaction ends.</summary>
    public const string Share = $"pg_advisory_xact_lock_shared({Lock})";

    /// <summary>An SQL expression for who deletes: waits for all imports, and they for it, until the transaction ends.</summary>
    public const string Take = $"pg_advisory_xact_lock({Lock})";
}
