using System.Collections.Concurrent;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Access;

/// <summary>Opens, finds and revokes sessions.</summary>
public sealed class SessionStore(NpgsqlDataSource database, KeyRing keys, TimeProvider clock)
{
    /// <summary>How long a session lasts after it was last used; it is noted at most once a day.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private const int MaxCached = 10_000;

    private static readonly TimeSpan Noted = TimeSpan.FromDays(1);

    // After a sign-out another instance may accept the session for this long.
    private static readonly TimeSpan CachedFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (Principal Principal, long At)> _cache = new(StringComparer.Ordinal);

    /// <summary>Opens a session, and deletes those that ended long ago.</summary>
    /// <param name="principal">Who signs in.</param>
    /// <param name="key">The key that was presented.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>Its id, which is shown once, and when it expires (UTC).</returns>
    /// <exception cref="NpgsqlException">Postgres is unavailable.</exception>
    public async Task<(string Id, DateTimeOffset ExpiresAt)> OpenAsync(Principal principal, string key, CancellationToken cancellationToken)
    {
        var id = Session.NewId();
        var expires = await database.Sql(
            """
            with ended as (delete from sessions where least(expires_at, revoked_at) < now() - interval '1 day')
            insert into sessions (id_hash, tenant_id, principal, key_fingerprint, expires_at)
            values (@hash, @tenant, @principal, @fingerprint, now() + @lifetime)
            returning expires_at
            """)
            .With("hash", Session.Hash(id))
            .With("tenant", principal.TenantId)
            .With("principal", principal.Name)
            .With("fingerprint", KeyRing.Fingerprint(key))
            .With("lifetime", Lifetime)
            .ScalarAsync<DateTimeOffset>(cancellationToken);
        return (id, expires);
    }

    /// <summary>Finds who a session belongs to; what it found is at most 5 s old.</summary>
    /// <returns>Null when it is unknown, expired or revoked, or its key is no longer configured.</returns>
    /// <exception cref="NpgsqlException">Postgres is unavailable.</exception>
    public async Task<Principal?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var hash = Session.Hash(id);
        var name = Convert.ToHexString(hash);
        if (_cache.TryGetValue(name, out var cached) && clock.GetElapsedTime(cached.At) < CachedFor)
        {
            return cached.Principal;
        }

        var fingerprint = await database.Sql(
            """
            with used as (
                update sessions set expires_at = now() + @lifetime
                where id_hash = @hash and revoked_at is null and expires_at > now() and expires_at < now() + @lifetime - @noted)
            select key_fingerprint from sessions where id_hash = @hash and revoked_at is null and expires_at > now()
            """)
            .With("hash", hash)
            .With("lifetime", Lifetime)
            .With("noted", Noted)
            .ScalarAsync<byte[]?>(cancellationToken);
        if (fingerprint is null || keys.FindByFingerprint(fingerprint) is not { } principal)
        {
            _cache.TryRemove(name, out _);
            return null;
        }

        if (_cache.Count >= MaxCached)
        {
            _cache.Clear();
        }

        _cache[name] = (principal, clock.GetTimestamp());
        return principal;
    }

    /// <summary>Ends a session.</summary>
    /// <returns>False when there is no such session, or it has ended already.</returns>
    /// <exception cref="NpgsqlException">Postgres is unavailable.</exception>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        var hash = Session.Hash(id);
        var revoked = await database.Sql("update sessions set revoked_at = now() where id_hash = @hash and revoked_at is null and expires_at > now()")
            .With("hash", hash)
            .ExecuteAsync(cancellationToken);
        _cache.TryRemove(Convert.ToHexString(hash), out _);
        return revoked > 0;
    }
}
