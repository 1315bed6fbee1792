using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>How a server runs as a local process, where Aspire would run its container.</summary>
internal abstract class LocalServer : IResourceAnnotation
{
    /// <summary>Makes the data folder fit to start on, and says what to start.</summary>
    /// <exception cref="DistributedApplicationException">The server's program is missing, or its data cannot be used.</exception>
    public abstract Task<ProcessCommand> PrepareAsync(LocalServerContext context, CancellationToken cancellationToken);

    /// <summary>Whether the server answers.</summary>
    public abstract Task<bool> IsHealthyAsync(CancellationToken cancellationToken);

    /// <summary>The rest that others wait for, once it answers.</summary>
    public virtual Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
