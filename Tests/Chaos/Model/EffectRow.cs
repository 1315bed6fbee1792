namespace Platform.Tests.Chaos.Model;

/// <summary>
/// The rows of <c>outbox</c> and <c>dead_letters</c> for one effect; more than one is a fault. A delivered effect's row is deleted
/// there; here it stays, to see that nothing brings it back.
/// </summary>
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
