using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Platform.Core.Leases;

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

    private readonly NpgsqlDataSource source;
    private readonly SchedulerOptions options;
    private readonly ILogger<LeaderLease> logger;
    private readonly LeaseHeartbeat<string> beat;

    /// <summary>Starts the thread that renews.</summary>
    public LeaderLease(NpgsqlDataSource source, IOptions<SchedulerOptions> options, ILogger<LeaderLease> logger)
    {
        this.source = source;
        this.options = options.Value;
        this.logger = logger;
        beat = new LeaseHeartbeat<string>("leader-lease", this.options.Beat, Renew, LogNotRenewed, LogLost);
    }

    /// <summary>Takes the lease if nobody holds it.</summary>
    /// <param name="owner">The worker's name.</param>
    /// <param name="cancellationToken">Begins no attempt any more. One that has begun ends, since a lease whose taker does not know of it helps nobody.</param>
    /// <returns>Null while another worker holds it.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<Leadership?> TryTakeAsync(string owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var command = source.CreateCommand(
            """
            update leaders
            set owner = @owner, fence = fence + 1, since = now(), until = now() + @lease
            where name = @name and (until is null or until < now())
            returning fence
            """);
        command.Parameters.AddWithValue("name", Name);
        command.Parameters.AddWithValue("owner", owner);
        command.Parameters.Add(new NpgsqlParameter("lease", NpgsqlDbType.Interval) { Value = options.Lease });
        return await command.ExecuteScalarAsync(CancellationToken.None) is long fence
            ? new Leadership(owner, fence, beat.Hold(Name, fence))
            : null;
    }

    /// <summary>Lays leadership down, so that another worker need not wait for the lease to run out.</summary>
    /// <returns>False when it was somebody else's already.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached; the lease runs out by itself.</exception>
    public async Task<bool> ReleaseAsync(Leadership leadership, CancellationToken cancellationToken)
    {
        beat.Release(Name, leadership.Fence);
        await using var command = source.CreateCommand(
            $"update leaders set owner = null, until = null where name = @name and fence = @fence and until is not null; notify {WakeChannel}");
        command.Parameters.AddWithValue("name", Name);
        command.Parameters.AddWithValue("fence", leadership.Fence);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <inheritdoc />
    public void Dispose() => beat.Dispose();

    private HashSet<string> Renew(IReadOnlyList<(string Key, long Fence)> leases)
    {
        using var connection = source.OpenConnection();
        using var command = new NpgsqlCommand("update leaders set until = now() + @lease where name = @name and fence = @fence", connection)
        {
            CommandTimeout = Math.Max(1, (int)options.Lease.TotalSeconds - 1),
        };
        command.Parameters.AddWithValue("name", Name);
        command.Parameters.AddWithValue("fence", leases[0].Fence);
        command.Parameters.Add(new NpgsqlParameter("lease", NpgsqlDbType.Interval) { Value = options.Lease });
        return command.ExecuteNonQuery() == 1 ? [Name] : [];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The leader lease could not be renewed ({Count}): {Reason}")]
    private partial void LogNotRenewed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another worker became leader for {Name}; leadership {Fence} ended")]
    private partial void LogLost(string name, long fence);
}
