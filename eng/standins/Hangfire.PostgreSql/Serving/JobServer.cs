using System.Globalization;
using Hangfire.PostgreSql.Scheduling;
using Hangfire.Server;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace Hangfire.PostgreSql.Serving;

/// <summary>Performs the jobs of its queues until it is stopped.</summary>
internal sealed partial class JobServer : IJobServer
{
    private static readonly TimeSpan StartPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndPoll = TimeSpan.FromMilliseconds(20);

    private readonly PostgreSqlStorage _storage;
    private readonly BackgroundJobServerOptions _options;
    private readonly RunningJobs _running = new();
    private readonly ServerTable _table;
    private readonly JobClaims _claims;
    private readonly JobWork _work;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _stopJobs = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly ILogger _log;
    private readonly string _id;
    private Task<StandaloneSchedulerFactory?> _starting = Task.FromResult<StandaloneSchedulerFactory?>(null);
    private Task _keeping = Task.CompletedTask;
    private Task? _ended;

    public JobServer(PostgreSqlStorage storage, BackgroundJobServerOptions options, IJobScopes scopes)
    {
        var name = options.ServerName ?? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
        _id = $"{name}:{Guid.NewGuid():N}";
        _storage = storage;
        _options = options;
        _log = storage.Configuration.Logging.CreateLogger("Hangfire.BackgroundJobServer");
        _table = new ServerTable(storage, options, _id);
        _claims = new JobClaims(storage, _id);
        _work = new JobWork(storage, _claims, _running, new JobPerformer(scopes), _id, _stopJobs.Token);
    }

    public void Start() => _starting = Task.Run(() => StartAsync(_stopping.Token));

    public void SendStop()
    {
        _stopping.Cancel();
        _stopJobs.CancelAfter(_options.StopTimeout);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (_ended is null)
        {
            SendStop();
            _ended = EndAsync(cancellationToken);
        }

        return _ended;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _stopJobs.Dispose();
        _ending.Dispose();
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        if (await _starting is not { } factory)
        {
            return;
        }

        var scheduler = await factory.GetScheduler(CancellationToken.None);
        await scheduler.Standby(CancellationToken.None);
        await WaitForJobsAsync(cancellationToken);
        await _ending.CancelAsync();
        await _keeping;
        try
        {
            var released = await _table.ReleaseAsync(CancellationToken.None);
            await _table.RemoveAsync(CancellationToken.None);
            LogStopped(_id, released.Count);
        }
        catch (NpgsqlException exception)
        {
            LogNotReleased(_id, exception);
        }

        await scheduler.Shutdown(waitForJobsToComplete: false, CancellationToken.None);
        await factory.DisposeAsync();
    }

    /// <summary>The database may be away at first.</summary>
    private async Task<StandaloneSchedulerFactory?> StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await _storage.JobsAsync(cancellationToken);
                await _table.HeartbeatAsync(cancellationToken);
                var factory = _storage.Schedulers.ForServer(_options.WorkerCount, _options.Queues);
                var scheduler = await factory.GetScheduler(cancellationToken);
                scheduler.Context[StoredJobRunner.ServerKey] = _work;
                await scheduler.Start(cancellationToken);
                _keeping = Task.Run(() => new ServerKeeper(_storage, _options, _table, _claims, _running).RunAsync(_ending.Token), CancellationToken.None);
                LogStarted(_id, string.Join(", ", _options.Queues), _options.WorkerCount);
                return factory;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception exception) when (exception is NpgsqlException or SchedulerException or TimeoutException)
            {
                LogNotStarted(_id, exception);
            }

            await Task.WhenAny(Task.Delay(StartPause, cancellationToken));
        }
    }

    private async Task WaitForJobsAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience());
        while (!_running.IsEmpty && !patience.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(EndPoll, patience.Token));
        }
    }

    private TimeSpan Patience() => _options.StopTimeout == Timeout.InfiniteTimeSpan || _options.ShutdownTimeout == Timeout.InfiniteTimeSpan
        ? Timeout.InfiniteTimeSpan
        : _options.StopTimeout + _options.ShutdownTimeout;

    [LoggerMessage(11, LogLevel.Information, "Job server {ServerId} serves {Queues} with {Workers} workers")]
    private partial void LogStarted(string serverId, string queues, int workers);

    [LoggerMessage(12, LogLevel.Warning, "Job server {ServerId} cannot start yet")]
    private partial void LogNotStarted(string serverId, Exception exception);

    [LoggerMessage(13, LogLevel.Information, "Job server {ServerId} stopped and handed back {Count} jobs")]
    private partial void LogStopped(string serverId, int count);

    [LoggerMessage(14, LogLevel.Warning, "Job server {ServerId} stopped without handing back its jobs; others take them when they have been silent for long enough")]
    private partial void LogNotReleased(string serverId, Exception exception);
}
