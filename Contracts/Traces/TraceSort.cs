namespace Platform.Contracts.Traces;

/// <summary>What the trace list can be sorted by. Traces of which the value is not known come last, in either direction.</summary>
public enum TraceSort
{
    /// <summary>When it started.</summary>
    Time,

    /// <summary>How long it took.</summary>
    Duration,

    /// <summary>Prompt tokens over all calls.</summary>
    InputTokens,

    /// <summary>Completion tokens over all calls.</summary>
    OutputTokens,

    /// <summary>US dollars over all calls.</summary>
    Cost,
}

/// <summary>The direction of a <see cref="TraceSort"/>.</summary>
public enum TraceSortOrder
{
    /// <summary>The newest or largest first.</summary>
    Desc,

    /// <summary>The oldest or smallest first.</summary>
    Asc,
}
