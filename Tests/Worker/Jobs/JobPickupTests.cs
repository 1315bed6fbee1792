using Hangfire;
using Hangfire.States;
using Platform.Core.Jobs;

namespace Platform.Tests.Worker.Jobs;

public sealed class JobPickupTests(JobWorker worker) : IClassFixture<JobWorker>
{
    /// <summary>Four polls of a thread are a minute, and each job makes its thread begin the wait anew.</summary>
    [Fact]
    public async Task Enqueue_ByAnotherProcess_IsPickedUpByNotificationNotByPoll()
    {
        for (var number = 0; number < 4; number++)
        {
            var job = worker.Jobs.Client.Enqueue<IMaintenanceJob>(JobQueues.Maintenance, one => one.RunAsync("nothing", 1, CancellationToken.None));

            await worker.UntilAsync(job, SucceededState.StateName, TimeSpan.FromSeconds(10));
        }
    }
}
