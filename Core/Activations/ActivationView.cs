using Platform.Contracts.Activations;

namespace Platform.Core.Activations;

/// <summary>An activation as clients see it.</summary>
public sealed record ActivationView
{
    public required Guid Id { get; init; }

    public required Guid BotId { get; init; }

    public required string BotHandle { get; init; }

    public required Guid ChannelId { get; init; }

    public required Guid? TriggerMessageId { get; init; }

    public required ActivationReason Reason { get; init; }

    public required ActivationState State { get; init; }

    public required string? SilentReason { get; init; }

    public required string? ErrorCode { get; init; }

    public required string? ErrorMessage { get; init; }

    public required int Attempt { get; init; }

    public required long LeaseFence { get; init; }

    /// <summary>Null until it ended.</summary>
    public required Guid? TraceId { get; init; }

    /// <summary>Null until it answered.</summary>
    public required Guid? AnswerMessageId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC of the latest claim.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC; null until it ended.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }
}
