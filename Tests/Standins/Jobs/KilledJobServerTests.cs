using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Platform.Tests.Standins.Jobs;

/// <summary>What becomes of jobs whose server is killed.</summary>
[Collection(JobTests.Name)]
public sealed class KilledJobServerTests(LocalPostgres postgres)
{
    private const string DatabaseVariable = "PLATFORM_TEST_JOBS_DATABASE";
    private const string VictimName = "victim";

    private static readonly TimeSpan Invisibility = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The victim: a test in a process of its own, which serves until it is killed.</summary>
    [Fact(Explicit = true)]
    public async Task Victim_InAProcessOfItsOwn_ServesUntilKilled()
    {
        var connectionString = Environment.GetEnvironmentVariable(DatabaseVariable);
        Assert.SkipWhen(connectionString is null, $"{DatabaseVariable} names no database");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<JobLog>();
        JobHost.Add(builder.Services, storage => storage.UseNpgsqlConnection(connectionString), Invisibility);
        builder.Services.AddHangfireServer(options =>
        {
            options.ServerName = VictimName;
            options.WorkerCount = 4;
        });
        using var host = builder.Build();
        await host.RunAsync(Token);
    }

    [Fact]
    public async Task Kill_ServerWithRunningAndWaitingJobs_AnotherRunsThemAll()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var client = await JobHost.StartAsync(database, invisibility: Invisibility, serves: false);
        await using var victim = StartVictim(database);
        string[] jobs = [.. Enumerable.Range(0, 12).Select(number => client.Client.Enqueue<SampleJobs>(sample => sample.WaitAsync($"job {number}", default)))];
        await Eventually.TrueAsync(() => client.Monitoring.ProcessingCount() == 4, Deadline, $"the victim runs what it can:\n{victim.Output}");

        victim.SignalTree(UnixSignal.Kill);
        await victim.WaitForExitAsync(Token);
        var open = new JobLog();
        open.OpenGate();
        await using var heir = await JobHost.StartAsync(database, open, invisibility: Invisibility);

        await Eventually.TrueAsync(() => client.Monitoring.GetStatistics().Succeeded == jobs.Length, Deadline, "every job is done");
        Assert.All(jobs, job => Assert.Equal(SucceededState.StateName, client.StateOf(job)));
        Assert.Equal(jobs.Length, open.Lines.Count(line => line.EndsWith("done", StringComparison.Ordinal)));
    }

    private static ChildProcess StartVictim(TestDatabase database) => ChildProcess.Start(
        "victim",
        Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet",
        [typeof(KilledJobServerTests).Assembly.Location, "-method", $"{typeof(KilledJobServerTests).FullName}.{nameof(Victim_InAProcessOfItsOwn_ServesUntilKilled)}", "-explicit", "only"],
        new Dictionary<string, string?> { [DatabaseVariable] = database.ConnectionString });
}
