using Hangfire.Storage.Monitoring;

namespace Hangfire.Storage;

/// <summary>Reads for dashboards and metrics. Lists are counted from 0; instants are UTC.</summary>
public interface IMonitoringApi
{
    /// <summary>Queues that hold jobs or that a server serves.</summary>
    IList<QueueWithTopEnqueuedJobsDto> Queues();

    IList<ServerDto> Servers();

    /// <returns>Null when there is no such job.</returns>
    JobDetailsDto? JobDetails(string jobId);

    StatisticsDto GetStatistics();

    JobList<EnqueuedJobDto> EnqueuedJobs(string queue, int from, int perPage);

    JobList<ProcessingJobDto> ProcessingJobs(int from, int count);

    JobList<ScheduledJobDto> ScheduledJobs(int from, int count);

    JobList<SucceededJobDto> SucceededJobs(int from, int count);

    JobList<FailedJobDto> FailedJobs(int from, int count);

    JobList<DeletedJobDto> DeletedJobs(int from, int count);

    long ScheduledCount();

    long EnqueuedCount(string queue);

    long FailedCount();

    long ProcessingCount();

    long SucceededListCount();

    long DeletedListCount();
}
