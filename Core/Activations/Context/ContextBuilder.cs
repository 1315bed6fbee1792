using Microsoft.EntityFrameworkCore;
using Platform.Contracts.Channels;
using Platform.Contracts.Traces;
using Platform.Core.Bots;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Core.Activations.Context;

/// <summary>Reads a channel's newest messages into a context within the bot's limits.</summary>
public sealed class ContextBuilder(IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>Builds the context of one activation.</summary>
    /// <exception cref="Npgsql.NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<ActivationContext> BuildAsync(ActivationClaim claim, BotDefinition bot, CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(claim, bot, cancellationToken);
        var considered = newest.Count;
        var messages = TriggerLast([.. newest.Select(WithoutThoughts).Where(message => message.Content.Length > 0)]);
        string? truncated = null;
        if (messages.Count > bot.RecencyWindowMessages)
        {
            truncated = "rolling_threshold";
            messages = messages[^bot.RecencyWindowMessages..];
        }

        var fitting = FittingFrom(messages, Math.Min(bot.RecencyWindowCharacters, bot.HardMaxCharacters));
        return fitting == 0
            ? new ActivationContext(messages, considered, truncated)
            : new ActivationContext(messages[fitting..], considered, "character_limit");
    }

    /// <summary>What a bot thought is not sent back to a model: answers of earlier versions still hold it.</summary>
    private static ContextMessage WithoutThoughts(ContextMessage message) =>
        message.IsAnswer ? message with { Content = ThoughtSplitter.Split(message.Content).Answer } : message;

    /// <summary>
    /// Puts the message that asked behind all others when an answer to an earlier one came last: models answer the last message, and many refuse a
    /// conversation that ends with their own.
    /// </summary>
    private static List<ContextMessage> TriggerLast(List<ContextMessage> messages)
    {
        var trigger = messages.FindIndex(message => message.IsTrigger);
        return trigger >= 0 && messages[^1].IsOwn
            ? [.. messages[..trigger], .. messages[(trigger + 1)..], messages[trigger]]
            : messages;
    }

    /// <summary>Finds the first message from which on all fit; the newest always stays.</summary>
    private static int FittingFrom(List<ContextMessage> messages, int maxCharacters)
    {
        var characters = 0;
        for (var index = messages.Count - 1; index >= 0; index--)
        {
            characters += messages[index].Content.Length;
            if (characters > maxCharacters && index < messages.Count - 1)
            {
                return index + 1;
            }
        }

        return 0;
    }

    private async Task<List<ContextMessage>> NewestAsync(ActivationClaim claim, BotDefinition bot, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var newest = await (
            from message in context.Messages
            join author in context.Authors on message.AuthorId equals author.Id
            where message.ChannelId == claim.ChannelId
                && (message.Role == MessageRole.User || message.Role == MessageRole.Assistant)
                && (!bot.IgnoreDottedMessages || !EF.Functions.Like(message.Content, ".%") || message.Role == MessageRole.Assistant)
            orderby message.Sequence descending
            select new ContextMessage(
                message.Id,
                author.DisplayName,
                message.Content,
                message.AuthorId == claim.BotId,
                message.Id == claim.TriggerMessageId,
                message.CreatedAt)
            { IsAnswer = message.Role == MessageRole.Assistant }).Take(bot.RecencyWindowMessages + bot.RollingThreshold).ToListAsync(cancellationToken);
        newest.Reverse();
        return newest;
    }
}
