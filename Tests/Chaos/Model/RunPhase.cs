namespace Platform.Tests.Chaos.Model;

/// <summary>The states of a scheduled run, and <see cref="Absent"/> before the first.</summary>
internal enum RunPhase : byte
{
    Absent,
    Waiting,
    Running,
    Succeeded,
    Failed,
}
