namespace Platform.Tests.Chaos.Model;

/// <summary>What a worker's process knows. It runs one activation and delivers one effect at a time, which is enough for every race of two.</summary>
internal struct WorkerMemory
{
    public const byte Nothing = byte.MaxValue;

    public WorkerPhase Phase;

    /// <summary>It looks at the queue; else it waits for a notification or for the poll.</summary>
    public bool Awake;

    /// <summary>The number of the activation that it runs; <see cref="Nothing"/>.</summary>
    public byte Run;
    public byte RunFence;
    public byte RunClaim;

    /// <summary>Its commit may have arrived: the connection broke before the answer.</summary>
    public bool CommitUnknown;

    /// <summary>The number of the effect that it delivers; <see cref="Nothing"/>.</summary>
    public byte Send;
    public byte SendFence;
    public byte SendClaim;
    public SendPhase SendPhase;

    public readonly bool IsFree => Phase == WorkerPhase.Alive && Run == Nothing;

    public readonly bool IsFreeToSend => Phase == WorkerPhase.Alive && Send == Nothing;

    public void ForgetRun()
    {
        Run = Nothing;
        RunFence = RunClaim = 0;
        CommitUnknown = false;
    }

    public void ForgetSend()
    {
        Send = Nothing;
        SendFence = SendClaim = 0;
        SendPhase = SendPhase.Claimed;
    }
}
