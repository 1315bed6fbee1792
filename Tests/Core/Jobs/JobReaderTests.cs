using Hangfire;
using Hangfire.States;
using Npgsql;
using Platform.Contracts.Jobs;
using Platform.Core.Jobs;

namespace Platform.Tests.Core.Jobs;

public sealed class JobReaderTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_FailedJob_SaysWhatFailedAndWhy()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new JobHost(database);
        var id = Fail(host);

        var jobs = await host.Reader.ReadAsync(Token);

        var job = Assert.Single(jobs.Recent);
        Assert.Equal((id, JobState.Failed, "backup, run 7", "It went wrong."), (job.Id, job.State, job.Name, job.Error));
        Assert.InRange((TimeProvider.System.GetUtcNow() - Assert.IsType<DateTimeOffset>(job.At)).TotalMinutes, -1, 1);
        Assert.Equal(1, jobs.Failed);
    }

    [Fact]
    public async Task Read_JobOfAnotherVersion_IsShownWithoutAName()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new JobHost(database);
        Fail(host);
        await database.ExecuteAsync("update hangfire.job set invocationdata = jsonb_set(invocationdata, '{Method}', '\"Gone\"')", Token);

        var job = Assert.Single((await host.Reader.ReadAsync(Token)).Recent);

        Assert.Null(job.Name);
        Assert.Equal("It went wrong.", job.Error);
    }

    /// <summary>Hosts that start at once would race for the tables, so only <c>worker migrate</c> makes them.</summary>
    [Fact]
    public async Task Read_TablesNotMadeYet_FailsAndMakesNone()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        using var host = new JobHost(database);

        await Assert.ThrowsAsync<PostgresException>(() => host.Reader.ReadAsync(Token));

        Assert.True(await database.ScalarAsync<bool>("select to_regnamespace('hangfire') is null", Token));
    }

    private static string Fail(JobHost host) => host.Client.Create<IMaintenanceJob>(
        JobQueues.Maintenance, job => job.RunAsync("backup", 7, CancellationToken.None), new FailedState(new InvalidOperationException("It went wrong.")));
}
