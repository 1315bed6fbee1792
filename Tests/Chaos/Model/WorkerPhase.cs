namespace Platform.Tests.Chaos.Model;

/// <summary>The states of a worker's process.</summary>
internal enum WorkerPhase : byte
{
    Alive,

    /// <summary>Stopped in its tracks (SIGSTOP, a long pause of the machine): it remembers everything and does nothing.</summary>
    Paused,

    /// <summary>Ended: it remembers nothing.</summary>
    Gone,
}
