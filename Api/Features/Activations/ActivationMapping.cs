using Platform.Contracts.Activations;
using Platform.Core.Activations;

namespace Platform.Api.Features.Activations;

/// <summary>Activations as the wire has them.</summary>
internal static class ActivationMapping
{
    public static ActivationResponse ToResponse(this ActivationView view) => new(
        view.Id.ToString(),
        view.BotId.ToString(),
        view.BotHandle,
        view.ChannelId.ToString(),
        view.TriggerMessageId?.ToString(),
        view.Reason,
        view.State,
        view.SilentReason,
        view.ErrorCode is { } code ? new ActivationError(code, view.ErrorMessage ?? code) : null,
        view.Attempt,
        view.TraceId?.ToString(),
        view.AnswerMessageId?.ToString(),
        view.CreatedAt,
        view.StartedAt,
        view.FinishedAt);
}
