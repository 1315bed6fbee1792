namespace Platform.Tests.Chaos.Model;

/// <summary>The states of an activation, and <see cref="Absent"/> before a client asked for it.</summary>
internal enum ActivationPhase : byte
{
    Absent,
    Queued,
    Running,
    Answered,
    Failed,
    Cancelled,
}
