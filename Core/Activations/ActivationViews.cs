using Platform.Core.Storage;

namespace Platform.Core.Activations;

/// <summary>The one projection from activations to what clients see.</summary>
internal static class ActivationViews
{
    public static IQueryable<ActivationView> From(PlatformDbContext context, IQueryable<Activation> activations) =>
        from activation in activations
        join bot in context.Authors on activation.BotId equals bot.Id
        select new ActivationView
        {
            Id = activation.Id,
            BotId = activation.BotId,
            BotHandle = bot.Handle,
            ChannelId = activation.ChannelId,
            TriggerMessageId = activation.TriggerMessageId,
            Reason = activation.Reason,
            State = activation.State,
            SilentReason = activation.SilentReason,
            ErrorCode = activation.ErrorCode,
            ErrorMessage = activation.ErrorMessage,
            Attempt = activation.Attempt,
            LeaseFence = activation.LeaseFence,
            TraceId = context.Traces.Where(trace => trace.ActivationId == activation.Id).Select(trace => (Guid?)trace.Id).FirstOrDefault(),
            AnswerMessageId = context.Messages.Where(message => message.ActivationId == activation.Id)
                .Select(message => (Guid?)message.Id).FirstOrDefault(),
            CreatedAt = activation.CreatedAt,
            StartedAt = activation.StartedAt,
            FinishedAt = activation.FinishedAt,
        };
}
