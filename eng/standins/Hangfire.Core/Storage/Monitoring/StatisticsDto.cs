namespace Hangfire.Storage.Monitoring;

/// <summary>Numbers of jobs by state, of servers and queues.</summary>
public class StatisticsDto
{
    public long Servers { get; set; }

    /// <summary>Always 0.</summary>
    public long Recurring { get; set; }

    public long Enqueued { get; set; }

    public long Queues { get; set; }

    public long Scheduled { get; set; }

    public long Processing { get; set; }

    /// <summary>Since the schema was made, expired ones too.</summary>
    public long Succeeded { get; set; }

    public long Failed { get; set; }

    /// <summary>Since the schema was made, expired ones too.</summary>
    public long Deleted { get; set; }

    /// <summary>Scheduled jobs that failed before.</summary>
    public long? Retries { get; set; }

    public long? Awaiting { get; set; }
}
