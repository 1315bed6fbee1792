using System.Runtime.CompilerServices;

namespace Platform.Tests.Chaos.Model;

/// <summary>A state of the database, the workers and the receiver.</summary>
internal struct World
{
    public ActivationRows Activations;
    public EffectRows Effects;
    public Receipts Receipts;
    public Workers Workers;

    /// <summary>How many effects the first activation has.</summary>
    public byte EffectCount;

    /// <summary>How many things may still go wrong; without a bound there would be no end of states.</summary>
    public byte FaultsLeft;

    /// <summary>The notification of a change reaches every worker that listens.</summary>
    public void Notify()
    {
        foreach (ref var worker in Workers[..])
        {
            worker.Awake |= worker.Phase == WorkerPhase.Alive;
        }
    }
}

[InlineArray(LeaseModel.MaxActivations)]
internal struct ActivationRows
{
    private ActivationRow _first;
}

[InlineArray(LeaseModel.MaxEffects)]
internal struct EffectRows
{
    private EffectRow _first;
}

[InlineArray(LeaseModel.MaxEffects)]
internal struct Receipts
{
    private Receipt _first;
}

[InlineArray(LeaseModel.MaxWorkers)]
internal struct Workers
{
    private WorkerMemory _first;
}
