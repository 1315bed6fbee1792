using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Contracts.EventLog;
using Platform.Core.Channels;
using Platform.Core.EventLog;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;
using Platform.Core.Storage;
using Platform.Core.Text;

namespace Platform.Core.Activations.Completion;

/// <summary>The events of activations.</summary>
public static class ActivationEvents
{
    /// <summary>The events of a run's end: its message, if it left one, and its final state.</summary>
    public static IReadOnlyList<NewPlatformEvent> Ended(RunRecord record)
    {
        var ended = new NewPlatformEvent(
            record.Claim.TenantId,
            TypeOf(record.State),
            NewPlatformEvent.DataOf(new
            {
                activation_id = record.Claim.Id,
                bot_id = record.Claim.BotId,
                bot = record.Bot.Handle,
                channel_id = record.Claim.ChannelId,
                state = EnumText.Of(record.State),
                reason = EnumText.Of(record.Claim.Reason),
                trigger_message_id = record.Claim.TriggerMessageId,
                message_id = record.AnswerMessageId,
                trace_id = record.TraceId,
                silent_reason = record.SilentReason,
                error_code = record.Error?.Code,
                error_message = record.Error is { } error ? Preview.Of(error.Message, NewPlatformEvent.PreviewLength) : null,
                attempt = record.Claim.Attempt,
                preview = record.Text.Length > 0 ? Preview.Of(record.Text, NewPlatformEvent.PreviewLength) : null,
            }),
            record.Claim.Id,
            record.Claim.Fence)
        {
            Id = record.EndEventId,
        };
        return record.AnswerMessageId is { } messageId ? [MessageOf(record, messageId), ended] : [ended];
    }

    /// <summary>A deferred activation; the database adds until when.</summary>
    /// <param name="claim">The claim that was deferred.</param>
    /// <param name="error">Why.</param>
    public static NewPlatformEvent Deferred(ActivationClaim claim, ModelError? error) => new(
        claim.TenantId,
        EventTypes.ActivationDeferred,
        NewPlatformEvent.DataOf(new
        {
            activation_id = claim.Id,
            bot_id = claim.BotId,
            channel_id = claim.ChannelId,
            trigger_message_id = claim.TriggerMessageId,
            error_code = error?.Code,
            error_message = error is null ? null : Preview.Of(error.Message, NewPlatformEvent.PreviewLength),
            attempt = claim.Attempt,
            deferrals = claim.Deferrals + 1,
        }),
        claim.Id,
        claim.Fence);

    private static NewPlatformEvent MessageOf(RunRecord record, Guid messageId) => new(
        record.Claim.TenantId,
        EventTypes.MessageCreated,
        MessageEvents.Created(messageId, record.Claim.ChannelId, record.Claim.BotId, MessageRole.Assistant, record.Text),
        record.Claim.Id,
        record.Claim.Fence,
        messageId);

    private static string TypeOf(ActivationState state) => state switch
    {
        ActivationState.Answered => EventTypes.ActivationAnswered,
        ActivationState.Silent => EventTypes.ActivationSilent,
        ActivationState.Failed => EventTypes.ActivationFailed,
        ActivationState.Cancelled => EventTypes.ActivationCancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a final state."),
    };
}
