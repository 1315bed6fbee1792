using System.Text.Json;
using Platform.Api.Features.Activations;
using Platform.Contracts.Conversations;
using Platform.Core.Conversations;

namespace Platform.Api.Features.Conversations;

/// <summary>Conversations and messages as the wire has them.</summary>
internal static class ChannelMapping
{
    public static ConversationResponse ToResponse(this ConversationView view) => new(
        view.Id.ToString(),
        view.BotId.ToString(),
        view.BotHandle,
        view.BotDisplayName,
        view.Title,
        view.LastSequence,
        view.LastSequence,
        view.Metadata is null ? null : JsonElement.Parse(view.Metadata),
        view.CreatedAt,
        view.UpdatedAt);

    public static MessageResponse ToResponse(this MessageView view) => new(
        view.Message.Id.ToString(),
        view.Message.ChannelId.ToString(),
        view.Message.Sequence,
        view.Message.Role,
        view.Message.AuthorId.ToString(),
        view.AuthorHandle,
        view.AuthorDisplayName,
        view.Message.Content,
        view.Message.CreatedAt,
        view.Message.ActivationId?.ToString(),
        view.TraceId?.ToString(),
        view.Message.Model,
        view.Message.Provider,
        view.Message.ActivationId is null ? null : view.Message.Rehearsal,
        view.Message.TokensIn,
        view.Message.TokensOut,
        view.Message.LatencyMs,
        view.Message.StopReason,
        [.. view.Activations.Select(ActivationMapping.ToResponse)],
        view.Message.TokensEstimated ? true : null);
}
