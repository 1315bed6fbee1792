using Platform.Contracts.Outbox;
using Platform.Core.Outbox;

namespace Platform.Api.Features.Outbox;

/// <summary>Effects and dead letters as the wire has them.</summary>
internal static class OutboxMapping
{
    public static EffectResponse ToResponse(this Effect effect, string? targetName) => new(
        effect.Id.ToString(),
        effect switch
        {
            { LeaseOwner: not null } => EffectState.Delivering,
            { Attempt: > 0 } => EffectState.Retrying,
            _ => EffectState.Waiting,
        },
        effect.Kind,
        effect.Target,
        targetName,
        effect.EventType,
        effect.DedupeKey,
        effect.ActivationId?.ToString(),
        effect.Attempt,
        effect.NotBefore,
        effect.LastError,
        effect.CreatedAt);

    public static DeadLetterResponse ToResponse(this DeadLetter letter, string? targetName) => new(
        letter.Id.ToString(),
        letter.Kind,
        letter.Target,
        targetName,
        letter.EventType,
        letter.DedupeKey,
        letter.ActivationId?.ToString(),
        letter.Payload,
        letter.Tries,
        letter.LastError,
        letter.CreatedAt,
        letter.DiedAt);
}
