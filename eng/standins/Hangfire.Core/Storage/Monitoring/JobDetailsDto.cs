using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

/// <summary>A job and the states it took.</summary>
public class JobDetailsDto
{
    /// <summary>The call; null when this build cannot load it.</summary>
    public Job? Job { get; set; }

    /// <summary>Why the call could not be loaded; null when it was.</summary>
    public JobLoadException? LoadException { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>Parameters of the job, as JSON.</summary>
    public IDictionary<string, string> Properties { get; set; } = new Dictionary<string, string>();

    /// <summary>Newest first.</summary>
    public IList<StateHistoryDto> History { get; set; } = [];

    /// <summary>UTC; null: kept.</summary>
    public DateTime? ExpireAt { get; set; }
}
