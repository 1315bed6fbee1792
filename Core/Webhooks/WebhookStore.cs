using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Contracts;
using Platform.Contracts.EventLog;
using Platform.Core.Outbox;
using Platform.Core.Storage;

namespace Platform.Core.Webhooks;

/// <summary>Reads and changes webhooks. Another tenant's webhooks are not visible.</summary>
public sealed class WebhookStore(NpgsqlDataSource source, IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>How long deliveries are also signed with the previous secret after a rotation.</summary>
    public static readonly TimeSpan RotationOverlap = TimeSpan.FromHours(24);

    /// <summary>Lists a tenant's webhooks, oldest first.</summary>
    public async Task<IReadOnlyList<Webhook>> ListAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Webhooks.Where(one => one.TenantId == tenantId).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Finds one.</summary>
    /// <returns>Null when there is none, or it is another tenant's.</returns>
    public async Task<Webhook?> FindAsync(string tenantId, Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Webhooks.SingleOrDefaultAsync(one => one.TenantId == tenantId && one.Id == id, cancellationToken);
    }

    /// <summary>Finds the target of an effect.</summary>
    /// <returns>Null when the webhook was deleted since.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<WebhookTarget?> FindTargetAsync(EffectClaim claim, CancellationToken cancellationToken) =>
        source.Sql(
            """
            select url, array_remove(array[secret, case when previous_secret_until > now() then previous_secret end], null) as secrets, enabled, now() as now
            from webhooks
            where tenant_id = @tenant and id::text = @target
            """)
            .With("tenant", claim.TenantId).With("target", claim.Target)
            .FirstAsync(
                row => new WebhookTarget(row.Get<string>("url"), row.Get<string[]>("secrets"), row.Get<bool>("enabled"), row.Get<DateTimeOffset>("now")),
                cancellationToken);

    /// <summary>Stores a new one.</summary>
    public async Task AddAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Webhooks.Add(webhook);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Changes one.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="change">The changes.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    /// <returns>As it is now; null when there is none.</returns>
    public async Task<Webhook?> ChangeAsync(string tenantId, Guid id, WebhookChange change, CancellationToken cancellationToken)
    {
        // Failures of another address, or of the time before it was disabled, say nothing about what it does now.
        var fresh = change.Url is not null || change.Enabled is true;
        var changed = await source.Sql(
            $"""
            update webhooks
            set description = case when @describe then nullif(@description, '') else description end,
                url = coalesce(@url, url),
                event_types = coalesce(@types, event_types),
                enabled = coalesce(@enabled, enabled),
                disabled_reason = case when @enabled is null then disabled_reason end,
                paused = coalesce(@paused, paused),
                paused_until = case when @fresh or @paused = false then null else paused_until end,
                pauses = case when @fresh then 0 else pauses end,
                consecutive_failures = case when @fresh then 0 else consecutive_failures end,
                failing_since = case when @fresh then null else failing_since end,
                previous_secret = case when @secret::text is null then previous_secret else secret end,
                previous_secret_until = case when @secret::text is null then previous_secret_until else now() + @overlap end,
                secret = coalesce(@secret, secret),
                updated_at = now()
            where tenant_id = @tenant and id = @id;
            notify {OutboxQueue.WakeChannel}
            """)
            .With("describe", change.Description is not null)
            .With("description", change.Description)
            .With("url", change.Url)
            .With("types", change.EventTypes)
            .With("enabled", change.Enabled)
            .With("paused", change.Paused)
            .With("fresh", fresh)
            .With("secret", change.Secret)
            .With("overlap", RotationOverlap)
            .With("tenant", tenantId)
            .With("id", id)
            .ExecuteAsync(cancellationToken) == 1;
        return changed ? await FindAsync(tenantId, id, cancellationToken) : null;
    }

    /// <summary>Deletes one, with what waits for it; its dead letters stay.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(string tenantId, Guid id, CancellationToken cancellationToken) =>
        await source.Sql(
            """
            with gone as (delete from webhooks where tenant_id = @tenant and id = @id returning id),
                dropped as (delete from outbox where target = @id::text and lease_owner is null and exists (select from gone))
            select count(*) from gone
            """)
            .With("tenant", tenantId).With("id", id)
            .ScalarAsync<long>(cancellationToken) == 1;

    /// <summary>
    /// Requeues all dead letters of one, ends the pause that the platform made, and makes its pending deliveries due now. If the pause had
    /// begun, one delivery is tried first.
    /// </summary>
    /// <returns>How many dead letters were requeued and how many deliveries are due now; null when there is no such webhook.</returns>
    public Task<WebhookRetry?> RetryAsync(string tenantId, Guid id, CancellationToken cancellationToken) =>
        source.Sql(
            $"""
            with webhook as (
                update webhooks set paused_until = null where tenant_id = @tenant and id = @id
                returning id::text as target
            ), letters as (
                delete from dead_letters where tenant_id = @tenant and target = (select target from webhook)
                returning *
            ), put as (
                insert into outbox (id, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload, activation_id, activation_fence, created_at)
                select id, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload, activation_id, activation_fence, created_at
                from letters
                order by sequence
                on conflict (target, dedupe_key) do nothing
            ), due as (
                update outbox set not_before = now()
                where target = (select target from webhook) and lease_owner is null and not_before > now()
            )
            select (select count(*) from letters) as requeued,
                (select count(*) from outbox where target = webhook.target and lease_owner is null) as pending,
                pg_notify('{OutboxQueue.WakeChannel}', '')
            from webhook
            """)
            .With("tenant", tenantId).With("id", id)
            .FirstAsync(row => new WebhookRetry(row.Get<long>("requeued"), row.Get<long>("pending")), cancellationToken);

    /// <summary>Puts a <see cref="EventTypes.WebhookPing"/> for one webhook into the outbox; it is delivered like an event. A pause of the platform ends.</summary>
    /// <returns>The effect's id, which is the delivery's id too.</returns>
    public async Task<Guid> PingAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var payload = JsonSerializer.Serialize(
            new
            {
                type = EventTypes.WebhookPing,
                timestamp = await source.Sql("select now()").ScalarAsync<DateTimeOffset>(cancellationToken),
                id,
                data = new { webhook_id = webhook.Id },
            },
            WireJson.Options);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        OutboxWriter.AddTo(batch, new NewEffect(webhook.TenantId, webhook.Kind, webhook.Id.ToString(), id.ToString(), payload, EventType: EventTypes.WebhookPing));
        batch.Add("update webhooks set paused_until = null where id = @id").With("id", webhook.Id);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return id;
    }
}

/// <summary>A webhook as its sender needs it.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Secrets">The valid ones, the newest first; empty when nothing is signed.</param>
/// <param name="Enabled">Whether deliveries are sent.</param>
/// <param name="Now">UTC on the database's clock.</param>
public sealed record WebhookTarget(string Url, IReadOnlyList<string> Secrets, bool Enabled, DateTimeOffset Now);

/// <summary>What <see cref="WebhookStore.RetryAsync"/> did.</summary>
/// <param name="Requeued">Dead letters that were requeued.</param>
/// <param name="Pending">Deliveries that were pending before, all of them due now.</param>
public sealed record WebhookRetry(long Requeued, long Pending);

/// <summary>Changes of a webhook; null leaves a value unchanged.</summary>
/// <param name="Description">Empty removes it.</param>
/// <param name="Url">Checked by <see cref="WebhookRules"/>.</param>
/// <param name="EventTypes">Checked by <see cref="WebhookRules"/>.</param>
/// <param name="Enabled">Enabling forgets why it was disabled, and its failures.</param>
/// <param name="Paused">False ends a pause of the platform too.</param>
/// <param name="Secret">Signs from now on; the one before signs too for <see cref="WebhookStore.RotationOverlap"/>.</param>
public sealed record WebhookChange(string? Description, string? Url, string[]? EventTypes, bool? Enabled, bool? Paused, string? Secret)
{
    /// <summary>Whether nothing but <see cref="Paused"/> changes.</summary>
    public bool IsPauseOnly => this is { Description: null, Url: null, EventTypes: null, Enabled: null, Secret: null };
}
