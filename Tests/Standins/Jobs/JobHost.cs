using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Platform.Tests.Standins.Jobs;

/// <summary>A host with a job server on a test's database; jobs find the host's <see cref="JobLog"/> in their constructor.</summary>
internal sealed class JobHost : IAsyncDisposable
{
    private readonly IHost _host;

    private JobHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IBackgroundJobClient Client => Services.GetRequiredService<IBackgroundJobClient>();

    public IMonitoringApi Monitoring => Services.GetRequiredService<JobStorage>().GetMonitoringApi();

    public JobLog Log => Services.GetRequiredService<JobLog>();

    /// <param name="database">Where jobs are kept.</param>
    /// <param name="log">What the jobs write to; null: one of the host's own.</param>
    /// <param name="server">The server's options; null: two workers, queue <c>default</c>.</param>
    /// <param name="invisibility">When jobs of a server that is gone are taken over; null: 30 s.</param>
    /// <param name="serves">Whether there is a server at all.</param>
    /// <param name="connections">Where connections come from; null: the database's connection string.</param>
    public static async Task<JobHost> StartAsync(
        TestDatabase database,
        JobLog? log = null,
        Action<BackgroundJobServerOptions>? server = null,
        TimeSpan? invisibility = null,
        bool serves = true,
        Action<PostgreSqlBootstrapperOptions>? connections = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(log ?? new JobLog());
        Add(builder.Services, connections ?? (storage => storage.UseNpgsqlConnection(database.ConnectionString)), invisibility ?? TimeSpan.FromSeconds(30));
        if (serves)
        {
            builder.Services.AddHangfireServer(options =>
            {
                options.WorkerCount = 2;
                options.StopTimeout = TimeSpan.Zero;
                server?.Invoke(options);
            });
        }

        var host = builder.Build();
        _ = host.Services.GetRequiredService<JobStorage>();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new JobHost(host);
    }

    /// <summary>What the application sets, too.</summary>
    public static void Add(IServiceCollection services, Action<PostgreSqlBootstrapperOptions> connections, TimeSpan invisibility) => services.AddHangfire(configuration => configuration
        .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
        .UseSimpleAssemblyNameTypeSerializer()
        .UseRecommendedSerializerSettings()
        .UsePostgreSqlStorage(
            connections,
            new PostgreSqlStorageOptions
            {
                QueuePollInterval = TimeSpan.FromSeconds(1),
                InvisibilityTimeout = invisibility,
                UseSlidingInvisibilityTimeout = true,
                EnableLongPolling = true,
                DistributedLockTimeout = TimeSpan.FromSeconds(30),
            }));

    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>The name of the state that the job has now.</summary>
    public string? StateOf(string job) => Monitoring.JobDetails(job)?.History[0].StateName;

    /// <summary>Waits until the job is in a state.</summary>
    public Task UntilAsync(string job, string state) =>
        Eventually.TrueAsync(() => StateOf(job) == state, TimeSpan.FromSeconds(30), $"job {job} is {state}, now {StateOf(job)}");

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
