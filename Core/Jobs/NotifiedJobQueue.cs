using System.Data;
using Hangfire.PostgreSql;
using Hangfire.Storage;

namespace Platform.Core.Jobs;

/// <summary>
/// Hangfire's queue in Postgres, with NOTIFY over the one connection on which a worker listens anyway. Hangfire's own long polling holds
/// a connection for each thread, outside the process's pool, and after a restart of Postgres tries once a second to open it without its
/// password, until the next job happens to be found by polling.
/// </summary>
public sealed class NotifiedJobQueue : IPersistentJobQueueProvider, IPersistentJobQueue, IPersistentJobQueueMonitoringApi
{
    private readonly PostgreSqlJobQueue _queue;
    private readonly IPersistentJobQueueMonitoringApi _monitoring;

    /// <summary>Replaces the storage's own queue where it is registered.</summary>
    public NotifiedJobQueue(PostgreSqlStorage storage, PostgreSqlStorageOptions options)
    {
        _queue = new PostgreSqlJobQueue(storage);
        _monitoring = new PostgreSqlJobQueueProvider(storage, options).GetJobQueueMonitoringApi();
    }

    /// <summary>Wakes one waiting thread of the server to fetch a job.</summary>
    public void Wake() => _queue.FetchNextJob();

    /// <inheritdoc />
    public IPersistentJobQueue GetJobQueue() => this;

    /// <inheritdoc />
    public IPersistentJobQueueMonitoringApi GetJobQueueMonitoringApi() => this;

    /// <inheritdoc />
    public IFetchedJob Dequeue(string[] queues, CancellationToken cancellationToken) => _queue.Dequeue(queues, cancellationToken);

    /// <inheritdoc />
    public void Enqueue(IDbConnection connection, string queue, string jobId)
    {
        this._queue.Enqueue(connection, queue, jobId);
        using var notify = connection.CreateCommand();
        notify.CommandText = $"notify {JobQueues.Channel}";
        notify.ExecuteNonQuery();
    }

    /// <summary>None: the storage's own queue reads the same table and names them all.</summary>
    public IEnumerable<string> GetQueues() => [];

    /// <inheritdoc />
    public IEnumerable<long> GetEnqueuedJobIds(string queue, int from, int perPage) => _monitoring.GetEnqueuedJobIds(queue, from, perPage);

    /// <inheritdoc />
    public IEnumerable<long> GetFetchedJobIds(string queue, int from, int perPage) => _monitoring.GetFetchedJobIds(queue, from, perPage);

    /// <inheritdoc />
    public EnqueuedAndFetchedCountDto GetEnqueuedAndFetchedCount(string queue) => _monitoring.GetEnqueuedAndFetchedCount(queue);
}
