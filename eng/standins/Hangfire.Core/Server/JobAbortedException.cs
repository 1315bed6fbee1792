namespace Hangfire.Server;

/// <summary>The job is no longer this server's to run: it was deleted, or another server has it.</summary>
#pragma warning disable CA1032 // The real one has no other constructor in use.
public class JobAbortedException : OperationCanceledException;
#pragma warning restore CA1032
