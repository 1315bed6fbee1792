using System.Runtime.CompilerServices;

namespace Platform.Tests.Chaos.Model;

/// <summary>A state of one schedule, its runs, the leader lease and the workers.</summary>
internal struct ScheduleWorld
{
    public byte LeaderFence;

    /// <summary><c>leaders.until</c> is still ahead.</summary>
    public bool Leased;

    /// <summary>Due times that the clock has passed.</summary>
    public byte DueTimes;

    /// <summary>Due times that a claim has served; <c>next_run</c> stands at the one after.</summary>
    public byte Served;

    /// <summary>Runs that were made: <c>run_number</c>.</summary>
    public byte Made;

    public RunRows Runs;
    public Schedulers Workers;

    /// <summary>How many things may still go wrong.</summary>
    public byte FaultsLeft;
}

[InlineArray(ScheduleModel.MaxRuns)]
internal struct RunRows
{
    private RunRow _first;
}

[InlineArray(ScheduleModel.MaxWorkers)]
internal struct Schedulers
{
    private SchedulerMemory _first;
}
