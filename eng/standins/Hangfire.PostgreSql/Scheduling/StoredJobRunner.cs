using Hangfire.PostgreSql.Serving;
using Quartz;

namespace Hangfire.PostgreSql.Scheduling;

/// <summary>What Quartz runs when the trigger of a stored job fires.</summary>
internal sealed class StoredJobRunner : IJob
{
    /// <summary>Where the scheduler's context holds the server.</summary>
    public const string ServerKey = "server";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var work = context.Scheduler.Context.TryGetValue(ServerKey, out var server) ? server as JobWork : null;
        await (work?.RunAsync(JobTriggers.Read(context.Trigger.Key)) ?? Task.CompletedTask);
    }
}
