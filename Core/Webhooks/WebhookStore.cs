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
        var changed = await source.Sql(
            """
            update webhooks
            set description = case when @describe then nullif(@description, '') else description end,
                url = coalesce(@url, url),
                event_types = coalesce(@types, event_types),
                enabled = coalesce(@enabled, enabled),
                disabled_reason = case when @enabled is null then disabled_reason end,
                previous_secret = case when @secret::text is null then previous_secret else secret end,
                previous_secret_until = case when @secret::text is null then previous_secret_until else now() + @overlap end,
                secret = coalesce(@secret, secret),
                updated_at = now()
            where tenant_id = @tenant and id = @id
            """)
            .With("describe", change.Description is not null)
            .With("description", change.Description)
            .With("url", change.Url)
            .With("types", change.EventTypes)
            .With("enabled", change.Enabled)
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

    /// <summary>Puts a <see cref="EventTypes.WebhookPing"/> for one webhook into the outbox; it is delivered like an event.</summary>
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

/// <summary>Changes of a webhook; null leaves a value unchanged.</summary>
/// <param name="Description">Empty removes it.</param>
/// <param name="Url">Checked by <see cref="WebhookRules"/>.</param>
/// <param name="EventTypes">Checked by <see cref="WebhookRules"/>.</param>
/// <param name="Enabled">Enabling forgets why it was disabled.</param>
/// <param name="Secret">Signs from now on; the one before signs too for <see cref="WebhookStore.RotationOverlap"/>.</param>
public sealed record WebhookChange(string? Description, string? Url, string[]? EventTypes, bool? Enabled, string? Secret);
