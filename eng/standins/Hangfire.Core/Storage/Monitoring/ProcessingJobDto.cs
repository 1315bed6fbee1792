using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

/// <summary>A job that runs.</summary>
public class ProcessingJobDto
{
    /// <summary>The call; null when this build cannot load it.</summary>
    public Job? Job { get; set; }

    /// <summary>Why the call could not be loaded; null when it was.</summary>
    public JobLoadException? LoadException { get; set; }

    public bool InProcessingState { get; set; } = true;

    public string? ServerId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>The state's data as written.</summary>
    public IDictionary<string, string> StateData { get; set; } = new Dictionary<string, string>();
}
