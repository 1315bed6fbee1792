using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts.Activations;
using Platform.Core.Activations.Queue;

namespace Platform.Core.Activations;

/// <summary>One decision of one bot about one trigger. Its state is changed by <see cref="ActivationQueue"/> only.</summary>
public sealed class Activation
{
    /// <summary>UUIDv7, so that ids order by time.</summary>
    public required Guid Id { get; init; }

    public required string TenantId { get; init; }

    public required Guid BotId { get; init; }

    public required Guid ChannelId { get; init; }

    public required ActivationReason Reason { get; init; }

    /// <summary>The trigger, e.g. <c>message:&lt;id&gt;</c>; unique for the bot.</summary>
    public required string Trigger { get; init; }

    public Guid? TriggerMessageId { get; init; }

    /// <summary>A model for this answer only; null means the bot's.</summary>
    public string? Model { get; init; }

    public ActivationState State { get; init; }

    /// <summary>The rule that kept it silent.</summary>
    public string? SilentReason { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>The worker that runs it.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>Grows with each claim; only the holder of the newest may finish.</summary>
    public long LeaseFence { get; init; }

    /// <summary>UTC on the database's clock; after it any worker may take over.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>How many times it was claimed.</summary>
    public int Attempt { get; init; }

    /// <summary>How many times in a row its worker was lost.</summary>
    public int Losses { get; init; }

    /// <summary>How many times it was deferred because a model failed transiently.</summary>
    public int Deferrals { get; init; }

    /// <summary>The error code of the latest such failure.</summary>
    public string? DeferredReason { get; init; }

    /// <summary>Who requested its cancellation; its worker cancels it.</summary>
    public string? CancelRequestedBy { get; init; }

    /// <summary>UTC on the database's clock; not claimed before it.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>W3C trace context of the originating request.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Correlation id of the originating request.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC of the latest claim.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC; null until it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}

internal sealed class ActivationConfiguration : IEntityTypeConfiguration<Activation>
{
    public void Configure(EntityTypeBuilder<Activation> builder) => builder.ToTable("activations");
}
