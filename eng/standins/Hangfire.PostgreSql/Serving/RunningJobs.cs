using System.Collections.Concurrent;
using Hangfire.PostgreSql.Scheduling;
using Hangfire.Server;

namespace Hangfire.PostgreSql.Serving;

/// <summary>The jobs that a server runs at the moment.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<JobVersion, JobCancellation> _jobs = new();

    public IReadOnlyCollection<JobVersion> Keys => [.. _jobs.Keys];

    public bool IsEmpty => _jobs.IsEmpty;

    public void Add(JobVersion job, JobCancellation cancellation) => _jobs[job] = cancellation;

    public void Remove(JobVersion job) => _jobs.TryRemove(job, out _);

    /// <summary>Tells jobs that were taken away.</summary>
    /// <param name="asked">Those that were asked about.</param>
    /// <param name="kept">Those of them that are still the server's.</param>
    public void AbortLost(IReadOnlyCollection<JobVersion> asked, IReadOnlyCollection<JobVersion> kept)
    {
        foreach (var lost in asked.Except(kept))
        {
            if (_jobs.TryGetValue(lost, out var cancellation))
            {
                cancellation.Abort();
            }
        }
    }
}
