namespace Aspire.Hosting.Running;

/// <summary>A child process of a run.</summary>
/// <param name="Name">The resource, or its replica.</param>
/// <param name="Pid">Its process id, and that of its process group.</param>
/// <param name="StartTicks">Clock ticks since boot, to tell it from a later process with the same id.</param>
internal sealed record RunStateProcess(string Name, int Pid, long? StartTicks);
