namespace Hangfire.Storage.Monitoring;

/// <summary>A server that performs jobs.</summary>
public class ServerDto
{
    public string Name { get; set; } = "";

    public int WorkersCount { get; set; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; set; }

    public IList<string> Queues { get; set; } = [];

    /// <summary>UTC.</summary>
    public DateTime? Heartbeat { get; set; }
}
