namespace Platform.Core.Traces.Verify;

/// <summary>Result of a check.</summary>
public sealed class VerifyReport
{
    public long Traces { get; set; }

    /// <summary>Documents whose bytes are what was stored.</summary>
    public long Documents { get; set; }

    /// <summary>Documents that retention has dropped with their day.</summary>
    public long DocumentsDropped { get; set; }

    public long Calls { get; set; }

    /// <summary>Bodies, damaged ones included.</summary>
    public long Bodies { get; set; }

    /// <summary>References of calls to bodies.</summary>
    public long References { get; set; }

    /// <summary>References to bodies that were not there when their trace came in.</summary>
    public long ReferencesNeverFilled { get; set; }

    /// <summary>References to bodies that retention has dropped with their day.</summary>
    public long ReferencesDropped { get; set; }

    /// <summary>Rows without a trace, by table.</summary>
    public IReadOnlyDictionary<string, long> Orphans { get; set; } = new Dictionary<string, long>();

    /// <summary>How many of the orphans were deleted.</summary>
    public long OrphansRemoved { get; set; }

    /// <summary>All problems; orphans count one each, also the deleted ones.</summary>
    public long Problems { get; set; }
}
