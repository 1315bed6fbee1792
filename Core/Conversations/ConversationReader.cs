using Microsoft.EntityFrameworkCore;
using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Core.Activations;
using Platform.Core.Channels;
using Platform.Core.Storage;

namespace Platform.Core.Conversations;

/// <summary>Reads conversations and their messages. What another tenant owns is not found.</summary>
public sealed class ConversationReader(IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>Reads one page of conversations, latest activity first.</summary>
    /// <returns>The page and how many there are in all.</returns>
    public async Task<(IReadOnlyList<ConversationView> Page, long Total)> ListAsync(
        string tenantId, int limit, int offset, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var owned = Owned(context, tenantId);
        var page = await Views(context, owned.OrderByDescending(channel => channel.UpdatedAt).ThenBy(channel => channel.Id)
            .Skip(offset).Take(limit)).ToListAsync(cancellationToken);
        return (page.OrderByDescending(view => view.UpdatedAt).ToList(), await owned.LongCountAsync(cancellationToken));
    }

    /// <summary>Reads one conversation.</summary>
    /// <returns>Null when there is none with that id, or it is not this tenant's.</returns>
    public async Task<ConversationView?> FindAsync(string tenantId, Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Views(context, Owned(context, tenantId).Where(channel => channel.Id == id)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Reads messages after a sequence, ascending, with what each set off.</summary>
    public async Task<IReadOnlyList<MessageView>> MessagesAsync(
        Guid channelId, long afterSequence, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var messages = await (
            from message in context.Messages
            join author in context.Authors on message.AuthorId equals author.Id
            where message.ChannelId == channelId && message.Sequence > afterSequence
            orderby message.Sequence
            select new MessageView
            {
                Message = message,
                AuthorHandle = author.Handle,
                AuthorDisplayName = author.DisplayName,
                TraceId = message.ActivationId == null
                    ? null
                    : context.Traces.Where(trace => trace.ActivationId == message.ActivationId).Select(trace => (Guid?)trace.Id).FirstOrDefault(),
                Fence = message.ActivationId == null
                    ? null
                    : context.Activations.Where(activation => activation.Id == message.ActivationId).Select(activation => (long?)activation.LeaseFence).FirstOrDefault(),
            }).Take(limit).ToListAsync(cancellationToken);
        var asked = messages.Where(view => view.Message.Role == MessageRole.User).Select(view => (Guid?)view.Message.Id).ToList();
        var activations = (await ActivationViews.From(context, context.Activations.Where(activation => asked.Contains(activation.TriggerMessageId)))
            .ToListAsync(cancellationToken)).ToLookup(view => view.TriggerMessageId);
        return messages.ConvertAll(view => view with { Activations = [.. activations[view.Message.Id].OrderBy(activation => activation.CreatedAt)] });
    }

    /// <summary>Returns whether a channel has a running or queued activation.</summary>
    public async Task<bool> IsActiveAsync(Guid channelId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Activations.AnyAsync(
            activation => activation.ChannelId == channelId
                && (activation.State == ActivationState.Queued || activation.State == ActivationState.Running),
            cancellationToken);
    }

    /// <summary>Reads one activation.</summary>
    /// <returns>Null when there is none with that id, or it is not this tenant's.</returns>
    public async Task<ActivationView?> FindActivationAsync(string tenantId, Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ActivationViews.From(context, context.Activations.Where(activation => activation.Id == id && activation.TenantId == tenantId))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<Channel> Owned(PlatformDbContext context, string tenantId) => context.Channels
        .Where(channel => channel.TenantId == tenantId && channel.Kind == ChannelKind.Conversation && channel.DeletedAt == null);

    private static IQueryable<ConversationView> Views(PlatformDbContext context, IQueryable<Channel> channels) =>
        from channel in channels
        join bot in context.Authors on channel.BotId equals bot.Id
        select new ConversationView
        {
            Id = channel.Id,
            BotId = bot.Id,
            BotHandle = bot.Handle,
            BotDisplayName = bot.DisplayName,
            Title = channel.Title,
            LastSequence = channel.NextSequence - 1,
            Metadata = channel.Metadata,
            CreatedAt = channel.CreatedAt,
            UpdatedAt = channel.UpdatedAt,
        };
}

/// <summary>A conversation as clients see it.</summary>
public sealed record ConversationView
{
    public required Guid Id { get; init; }

    public required Guid BotId { get; init; }

    public required string BotHandle { get; init; }

    public required string BotDisplayName { get; init; }

    public required string? Title { get; init; }

    /// <summary>Sequence of the newest message, 0 when there is none; as sequences have no gaps, also the number of messages.</summary>
    public required long LastSequence { get; init; }

    /// <summary>A JSON object.</summary>
    public required string? Metadata { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC of the newest message or change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A message with its author and what it set off.</summary>
public sealed record MessageView
{
    public required Message Message { get; init; }

    public required string AuthorHandle { get; init; }

    public required string AuthorDisplayName { get; init; }

    /// <summary>The trace of the activation that wrote it.</summary>
    public required Guid? TraceId { get; init; }

    /// <summary>The claim that wrote it; null for what a person wrote.</summary>
    public required long? Fence { get; init; }

    /// <summary>What it set off, oldest first.</summary>
    public IReadOnlyList<ActivationView> Activations { get; init; } = [];
}
