namespace Platform.Contracts.Traces;

/// <summary>Outcome of an activation in its trace.</summary>
public enum TraceOutcome
{
    /// <summary>An answer was stored.</summary>
    Answered,

    /// <summary>The bot chose not to answer.</summary>
    Silent,

    /// <summary>It failed; the error is kept.</summary>
    Failed,

    /// <summary>A person cancelled it.</summary>
    Cancelled,
}
