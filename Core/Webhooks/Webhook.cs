using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts.Outbox;
using Platform.Contracts.Webhooks;

namespace Platform.Core.Webhooks;

/// <summary>A webhook: a subscription to events.</summary>
public sealed class Webhook
{
    /// <summary>UUIDv7, or a fixed one for those of the settings.</summary>
    public required Guid Id { get; init; }

    public required string TenantId { get; init; }

    /// <summary><see cref="EffectKind.Webhook"/> or <see cref="EffectKind.Streamerbot"/>.</summary>
    public required EffectKind Kind { get; init; }

    public required WebhookOrigin Origin { get; init; }

    /// <summary>What it is for, in a person's words.</summary>
    public string? Description { get; set; }

    /// <summary>Absolute; http, https, or ws and wss for Streamer.bot.</summary>
    public required string Url { get; set; }

    /// <summary>Patterns of <see cref="Contracts.EventLog.EventTypes.Patterns"/>.</summary>
    public required string[] EventTypes { get; set; }

    /// <summary><c>whsec_…</c>; null for Streamer.bot, which checks no signature.</summary>
    public string? Secret { get; set; }

    /// <summary>The secret before the last rotation; signs too until <see cref="PreviousSecretUntil"/>.</summary>
    public string? PreviousSecret { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; set; }

    /// <summary>While false no new events are sent to it, and pending ones become dead letters.</summary>
    public required bool Enabled { get; set; }

    /// <summary>Why the platform disabled it; null when a person did.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>UTC, a few seconds coarse.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? LastFailureAt { get; init; }

    public string? LastError { get; init; }

    /// <summary>Failed attempts since the last successful one.</summary>
    public int ConsecutiveFailures { get; init; }

    /// <summary>UTC of the first of them; null when the last attempt succeeded.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How often the platform has paused it since the last successful attempt. While not 0, one delivery at a time is tried.</summary>
    public int Pauses { get; init; }

    /// <summary>UTC; the platform delivers nothing to it before. Null when it was not paused since the last successful attempt.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Whether a person paused it: events are kept until it is resumed.</summary>
    public bool Paused { get; init; }
}

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhooks");
        builder.Property(webhook => webhook.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(webhook => webhook.UpdatedAt).HasDefaultValueSql("now()");
    }
}
