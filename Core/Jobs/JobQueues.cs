namespace Platform.Core.Jobs;

/// <summary>The queue that workers serve.</summary>
public static class JobQueues
{
    /// <summary>Long runs of schedules.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>Notified when a job is queued, with the commit that queues it.</summary>
    public const string Channel = "jobs";
}
