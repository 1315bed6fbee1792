using Hangfire.Common;

namespace Hangfire;

/// <summary>A job as it is stored.</summary>
public sealed class BackgroundJob(string id, Job job, DateTime createdAt)
{
    public string Id { get; } = id;

    public Job Job { get; } = job;

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; } = createdAt;
}
