using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Core.Leases;
using Platform.Core.Storage;

namespace Platform.Core.Schedules;

/// <summary>
/// The one lease that makes a worker the scheduler. It is on the database's clock, renewed by a thread of its own, and numbered:
/// a leader that was paused past its lease can claim nothing more.
/// </summary>
public sealed partial class LeaderLease : IDisposable
{
    /// <summary>Name of the row in <c>leaders</c>.</summary>
    public const string Name = "scheduler";

    /// <summary>Postgres notifies this channel when leadership was released.</summary>
    public const string WakeChannel = "leadership";

    private readonly NpgsqlDataSource _source;
    private readonly SchedulerOptions _options;
    private readonly ILogger<LeaderLease> _logger;
    private readonly LeaseHeartbeat<string> _beat;

    /// <summary>Starts the thread that renews.</summary>
    public LeaderLease(NpgsqlDataSource source, IOptions<SchedulerOptions> options, ILogger<LeaderLease> logger)
    {
        this._source = source;
        this._options = options.Value;
        this._logger = logger;
        _beat = new LeaseHeartbeat<string>("leader-lease", this._options.Beat, Renew, LogNotRenewed, LogLost, releaseTime: TimeSpan.Zero);
    }

    /// <summary>Takes the lease if it is free.</summary>
    /// <param name="owner">The worker's name.</param>
    /// <param name="cancellationToken">Starts no further attempt. One that has started completes, since nobody would renew a lease that was acquired unnoticed.</param>
    /// <returns>Null while another worker holds it.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<Leadership?> TryTakeAsync(string owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var fence = await _source.Sql(
            """
            update leaders
            set owner = @owner, fence = fence + 1, since = now(), until = now() + @lease
            where name = @name and (until is null or until < now())
            returning fence
            """)
            .With("name", Name).With("owner", owner).With("lease", _options.Lease)
            .ScalarAsync<long?>(CancellationToken.None);
        return fence is { } taken ? new Leadership(owner, taken, _beat.Hold(Name, taken)) : null;
    }

    /// <summary>Releases leadership, so that another worker need not wait for the lease to expire.</summary>
    /// <returns>False when another process holds it already.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached; the lease expires.</exception>
    public async Task<bool> ReleaseAsync(Leadership leadership, CancellationToken cancellationToken)
    {
        _beat.Release(Name, leadership.Fence);
        return await _source.Sql(
            $"update leaders set owner = null, until = null where name = @name and fence = @fence and until is not null; notify {WakeChannel}")
            .With("name", Name).With("fence", leadership.Fence)
            .ExecuteAsync(cancellationToken) == 1;
    }

    /// <inheritdoc />
    public void Dispose() => _beat.Dispose();

    private HashSet<string> Renew(IReadOnlyList<(string Key, long Fence)> leases)
    {
        using var connection = _source.OpenConnection();
        return connection.Sql("update leaders set until = now() + @lease where name = @name and fence = @fence")
            .With("name", Name).With("fence", leases[0].Fence).With("lease", _options.Lease)
            .WithTimeout(_options.Lease - TimeSpan.FromSeconds(1))
            .Execute() == 1 ? [Name] : [];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The leader lease could not be renewed ({Count}): {Reason}")]
    private partial void LogNotRenewed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another worker became leader for {Name}; leadership {Fence} ended")]
    private partial void LogLost(string name, long fence);
}

/// <summary>What the holder of the leader lease has in hand.</summary>
/// <param name="Owner">The holder's name.</param>
/// <param name="Fence">Its number; what it writes counts only while this is the newest.</param>
/// <param name="Lost">Cancelled when another process became leader.</param>
public sealed record Leadership(string Owner, long Fence, CancellationToken Lost);
