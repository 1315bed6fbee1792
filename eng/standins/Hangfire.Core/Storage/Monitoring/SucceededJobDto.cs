using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

/// <summary>A job that is done.</summary>
public class SucceededJobDto
{
    /// <summary>The call; null when this build cannot load it.</summary>
    public Job? Job { get; set; }

    /// <summary>Why the call could not be loaded; null when it was.</summary>
    public JobLoadException? LoadException { get; set; }

    /// <summary>As JSON text; null for nothing.</summary>
    public object? Result { get; set; }

    /// <summary>Milliseconds from creation to end.</summary>
    public long? TotalDuration { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? SucceededAt { get; set; }

    public bool InSucceededState { get; set; } = true;

    /// <summary>The state's data as written.</summary>
    public IDictionary<string, string> StateData { get; set; } = new Dictionary<string, string>();
}
