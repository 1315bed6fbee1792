using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

/// <summary>A job that failed for good.</summary>
public class FailedJobDto
{
    /// <summary>The call; null when this build cannot load it.</summary>
    public Job? Job { get; set; }

    /// <summary>Why the call could not be loaded; null when it was.</summary>
    public JobLoadException? LoadException { get; set; }

    public string? Reason { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? FailedAt { get; set; }

    public string? ExceptionType { get; set; }

    public string? ExceptionMessage { get; set; }

    /// <summary>With the stack.</summary>
    public string? ExceptionDetails { get; set; }

    public bool InFailedState { get; set; } = true;

    /// <summary>The state's data as written.</summary>
    public IDictionary<string, string> StateData { get; set; } = new Dictionary<string, string>();
}
