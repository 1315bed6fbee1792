using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Platform.Core.Leases;

namespace Platform.Core.Activations;

/// <summary>Renews the leases of every claim of this process once a second.</summary>
public sealed partial class LeaseKeeper : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource source;
    private readonly ILogger<LeaseKeeper> logger;
    private readonly LeaseBeat<Guid> leases;

    /// <summary>Starts the thread that renews.</summary>
    public LeaseKeeper(NpgsqlDataSource source, ILogger<LeaseKeeper> logger)
    {
        this.source = source;
        this.logger = logger;
        leases = new LeaseBeat<Guid>("lease-keeper", Beat, Renew, LogNotRenewed, LogLost);
    }

    /// <summary>Keeps a claim alive until it is released.</summary>
    /// <returns>Cancelled when the database says that the claim is no longer the newest: whatever it still does is in vain.</returns>
    public CancellationToken Hold(ActivationClaim claim) => leases.Hold(claim.Id, claim.Fence);

    /// <summary>Stops renewing a claim, whether it was finished, handed back or lost.</summary>
    public void Release(ActivationClaim claim) => leases.Release(claim.Id, claim.Fence);

    /// <inheritdoc />
    public void Dispose() => leases.Dispose();

    private HashSet<Guid> Renew(IReadOnlyList<(Guid Key, long Fence)> claims)
    {
        using var connection = source.OpenConnection();
        using var command = new NpgsqlCommand(
            """
            update activations a
            set lease_until = now() + @lease
            from unnest(@ids, @fences) as claim (id, fence)
            where a.id = claim.id and a.lease_fence = claim.fence and a.state = 'running'
            returning a.id
            """,
            connection) { CommandTimeout = 3 };
        command.Parameters.Add(new NpgsqlParameter("lease", NpgsqlDbType.Interval) { Value = ActivationQueue.Lease });
        command.Parameters.AddWithValue("ids", claims.Select(claim => claim.Key).ToArray());
        command.Parameters.AddWithValue("fences", claims.Select(claim => claim.Fence).ToArray());
        HashSet<Guid> renewed = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            renewed.Add(reader.GetGuid(0));
        }

        return renewed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} leases could not be renewed: {Reason}")]
    private partial void LogNotRenewed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Id} was taken over by another worker; claim {Fence} stops")]
    private partial void LogLost(Guid id, long fence);
}
