namespace Platform.Contracts.Traces;

/// <summary>How an activation ended, as its trace tells it.</summary>
public enum TraceOutcome
{
    /// <summary>An answer was stored.</summary>
    Answered,

    /// <summary>The bot chose not to answer.</summary>
    Silent,

    /// <summary>It failed; the error is kept.</summary>
    Failed,

    /// <summary>A person stopped it.</summary>
    Cancelled,
}
