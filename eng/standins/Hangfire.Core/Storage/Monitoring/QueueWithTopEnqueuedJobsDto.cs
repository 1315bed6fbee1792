namespace Hangfire.Storage.Monitoring;

/// <summary>A queue and the first jobs that wait in it.</summary>
public class QueueWithTopEnqueuedJobsDto
{
    public string Name { get; set; } = "";

    public long Length { get; set; }

    /// <summary>Jobs of the queue that run.</summary>
    public long? Fetched { get; set; }

    public JobList<EnqueuedJobDto> FirstJobs { get; set; } = new([]);
}
