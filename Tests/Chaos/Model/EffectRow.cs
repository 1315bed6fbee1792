namespace Platform.Tests.Chaos.Model;

/// <summary>The rows of the outbox for one effect; more than one is a fault.</summary>
internal struct EffectRow
{
    public EffectPhase Phase;
    public byte Rows;
    public byte Fence;
    public byte Failures;

    /// <summary>The claim's lease has not run out.</summary>
    public bool Leased;

    /// <summary>Not in the table: how often it was claimed.</summary>
    public byte Claims;
}
