using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Tests.Standins.Jobs;

namespace Platform.Tests.Eng.StandIns.Jobs;

[Collection(JobTests.Name)]
public sealed class StoredJobTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_JobWhoseTriggerIsLost_RunsAllTheSame()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var client = await JobHost.StartAsync(database, serves: false);
        var job = client.Client.Enqueue<SampleJobs>(jobs => jobs.Say("found"));
        await database.ExecuteAsync("DELETE FROM hangfire.qrtz_simple_triggers; DELETE FROM hangfire.qrtz_triggers", Token);

        await using var host = await JobHost.StartAsync(database, invisibility: TimeSpan.FromSeconds(2));

        await host.UntilAsync(job, SucceededState.StateName);
        Assert.Equal(["found"], host.Log.Lines);
    }

    [Fact]
    public async Task Serve_EndedJobs_ExpireAndStayCounted()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<JobLog>();
        builder.Services.AddHangfire(configuration => configuration
            .UsePostgreSqlStorage(
                storage => storage.UseNpgsqlConnection(database.ConnectionString),
                new PostgreSqlStorageOptions { JobExpirationCheckInterval = TimeSpan.FromSeconds(1) })
            .WithJobExpirationTimeout(TimeSpan.Zero));
        builder.Services.AddHangfireServer(options => options.CancellationCheckInterval = TimeSpan.FromSeconds(1));
        using var host = builder.Build();
        await host.StartAsync(Token);
        var monitoring = host.Services.GetRequiredService<JobStorage>().GetMonitoringApi();
        var job = host.Services.GetRequiredService<IBackgroundJobClient>().Enqueue<SampleJobs>(jobs => jobs.Say("brief"));

        await Eventually.TrueAsync(() => monitoring.JobDetails(job) is null, TimeSpan.FromSeconds(30), "the job is removed");

        Assert.Equal(1, monitoring.GetStatistics().Succeeded);
        Assert.Equal(0, monitoring.SucceededListCount());
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Serve_JobThatThisBuildLacks_FailsVisibly()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var client = await JobHost.StartAsync(database, serves: false);
        var job = client.Client.Enqueue<SampleJobs>(jobs => jobs.Say("lost"));
        await database.ExecuteAsync("UPDATE hangfire.standin_job SET invocation = jsonb_set(invocation, '{Method}', '\"Gone\"')", Token);

        await using var host = await JobHost.StartAsync(database);

        await host.UntilAsync(job, FailedState.StateName);
        Assert.NotNull(Assert.Single(host.Monitoring.FailedJobs(0, 10)).Value.LoadException);
    }
}
