using Hangfire.Common;
using Hangfire.PostgreSql.Jobs;
using Hangfire.PostgreSql.Monitoring;
using Hangfire.PostgreSql.Scheduling;
using Hangfire.PostgreSql.Serving;
using Hangfire.Server;
using Hangfire.States;
using Hangfire.Storage;
using Quartz;

namespace Hangfire.PostgreSql;

/// <summary>Keeps jobs in PostgreSQL. The tables are made at the first use.</summary>
public class PostgreSqlStorage : JobStorage, IDisposable
{
    private readonly IConnectionFactory _connections;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private StandaloneSchedulerFactory? _scheduling;
    private JobTable? _jobs;

    public PostgreSqlStorage(IConnectionFactory connectionFactory, PostgreSqlStorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(connectionFactory);
        ArgumentNullException.ThrowIfNull(options);
        _connections = connectionFactory;
        Options = options;
        Database = new Database(connectionFactory, options.SchemaName);
    }

    internal PostgreSqlStorageOptions Options { get; }

    internal Database Database { get; }

    internal Schedulers Schedulers => new(_connections, Options.SchemaName, Configuration.Logging);

    public override IMonitoringApi GetMonitoringApi() => new PostgreSqlMonitoringApi(this);

    /// <summary>Gives up the scheduler; the container does it at its end.</summary>
    public void Dispose()
    {
        _scheduling?.Dispose();
        _preparing.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The jobs, once the tables are there.</summary>
    internal async Task<JobTable> JobsAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _jobs) is { } ready)
        {
            return ready;
        }

        await _preparing.WaitAsync(cancellationToken);
        try
        {
            return _jobs ??= await PrepareAsync(cancellationToken);
        }
        finally
        {
            _preparing.Release();
        }
    }

    internal override async Task<string> CreateJobAsync(
        Job job, IState state, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var jobs = await JobsAsync(cancellationToken);
        return await jobs.CreateAsync(job, state, parameters, cancellationToken);
    }

    internal override async Task<bool> ChangeStateAsync(string jobId, IState state, string? expectedState, CancellationToken cancellationToken)
    {
        var jobs = await JobsAsync(cancellationToken);
        return JobTable.TryRead(jobId, out var id) && await jobs.ChangeAsync(id, state, expectedState, cancellationToken);
    }

    internal override async Task<string?> GetParameterAsync(string jobId, string name, CancellationToken cancellationToken)
    {
        var jobs = await JobsAsync(cancellationToken);
        return JobTable.TryRead(jobId, out var id) ? await jobs.GetParameterAsync(id, name, cancellationToken) : null;
    }

    internal override async Task SetParameterAsync(string jobId, string name, string value, CancellationToken cancellationToken)
    {
        var jobs = await JobsAsync(cancellationToken);
        if (JobTable.TryRead(jobId, out var id))
        {
            await jobs.SetParameterAsync(id, name, value, cancellationToken);
        }
    }

    internal override IJobServer CreateServer(BackgroundJobServerOptions options, IJobScopes scopes) =>
        new JobServer(this, options, scopes);

    private Task<JobTable> PrepareAsync(CancellationToken cancellationToken) => Options.PrepareSchemaIfNecessary
        ? new SchemaInstaller(Database, Options.SchemaName).InstallAsync(() => OpenJobsAsync(cancellationToken), cancellationToken)
        : OpenJobsAsync(cancellationToken);

    /// <summary>Quartz makes its tables when the scheduler is built.</summary>
    private async Task<JobTable> OpenJobsAsync(CancellationToken cancellationToken)
    {
        _scheduling?.Dispose();
        _scheduling = Schedulers.ForClients(Options.PrepareSchemaIfNecessary);
        var scheduler = await _scheduling.GetScheduler(cancellationToken);
        await JobTriggers.PrepareAsync(scheduler, cancellationToken);
        return new JobTable(Database, scheduler, () => JobExpirationTimeout);
    }
}
