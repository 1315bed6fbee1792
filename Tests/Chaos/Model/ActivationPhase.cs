namespace Platform.Tests.Chaos.Model;

/// <summary>The states of an activation, and <see cref="Absent"/> before a client asked for it.</summary>
internal enum ActivationPhase : byte
{
    Absent,
    Queued,
    Running,

    /// <summary>Set aside until a person runs it again or gives it up.</summary>
    Parked,
    Answered,
    Failed,
    Cancelled,
}
