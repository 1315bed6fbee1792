namespace Platform.Tests.Chaos.Model;

/// <summary>What a worker's process knows about leading and about the run that it executes.</summary>
internal struct SchedulerMemory
{
    public const byte Nothing = byte.MaxValue;

    public WorkerPhase Phase;

    /// <summary>The fence under which it believes to lead; 0 when it does not.</summary>
    public byte LeadFence;

    /// <summary>The run that it executes, from 0; <see cref="Nothing"/>.</summary>
    public byte Run;
    public byte RunFence;
    public byte RunBegin;

    public void ForgetRun()
    {
        Run = Nothing;
        RunFence = RunBegin = 0;
    }
}
