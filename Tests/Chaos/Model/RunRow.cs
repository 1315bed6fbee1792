namespace Platform.Tests.Chaos.Model;

/// <summary>One row of <c>schedule_runs</c>.</summary>
internal struct RunRow
{
    public RunPhase Phase;
    public byte Fence;
    public byte Attempt;

    /// <summary><c>lease_until</c> is still ahead.</summary>
    public bool Leased;

    /// <summary><c>enqueued_at</c> is set.</summary>
    public bool Enqueued;

    /// <summary>Not in the table: how often it is in the job queue now.</summary>
    public byte InQueue;

    /// <summary>Not in the table: how often it was begun.</summary>
    public byte Begins;

    /// <summary>Not in the table: how often it was brought to an end.</summary>
    public byte Ends;

    public readonly bool IsOpen => Phase is RunPhase.Waiting or RunPhase.Running;
}
