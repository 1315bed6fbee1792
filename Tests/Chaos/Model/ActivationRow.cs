namespace Platform.Tests.Chaos.Model;

/// <summary>One row of <c>activations</c>, with what came of it in other tables.</summary>
internal struct ActivationRow
{
    public ActivationPhase Phase;
    public byte Fence;

    /// <summary>How often a claim's lease ran out.</summary>
    public byte Losses;

    /// <summary><c>lease_until</c> is still ahead.</summary>
    public bool Leased;

    /// <summary><c>not_before</c> is still ahead.</summary>
    public bool Deferred;

    public bool CancelAsked;

    /// <summary>Messages with its id.</summary>
    public byte Messages;

    /// <summary>Not in the table: how often it was claimed, which tells claims apart even where the fence does not.</summary>
    public byte Claims;

    /// <summary>Not in the table: how often it was brought to an end.</summary>
    public byte Ends;

    public readonly bool HasEnded => Phase is ActivationPhase.Answered or ActivationPhase.Failed or ActivationPhase.Cancelled;
}
