using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

/// <summary>A job that waits for a server.</summary>
public class EnqueuedJobDto
{
    /// <summary>The call; null when this build cannot load it.</summary>
    public Job? Job { get; set; }

    /// <summary>Why the call could not be loaded; null when it was.</summary>
    public JobLoadException? LoadException { get; set; }

    public string? State { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? EnqueuedAt { get; set; }

    public bool InEnqueuedState { get; set; } = true;

    /// <summary>The state's data as written.</summary>
    public IDictionary<string, string> StateData { get; set; } = new Dictionary<string, string>();
}
