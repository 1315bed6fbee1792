using Microsoft.EntityFrameworkCore;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Core.Activations.Context;

/// <summary>Reads the facts of many activations at once.</summary>
public sealed class ActivationFactsReader(IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>Reads the facts of each claim: the bots in one query, the rest in another.</summary>
    /// <returns>Facts by activation.</returns>
    /// <exception cref="Npgsql.NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyDictionary<Guid, ActivationFacts>> ReadAsync(
        IReadOnlyCollection<ActivationClaim> claims, CancellationToken cancellationToken)
    {
        var botIds = claims.Select(claim => claim.BotId).Distinct().ToList();
        var ids = claims.Select(claim => claim.Id).ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // A definition is large and many claims share it.
        var bots = await context.Bots.Where(bot => botIds.Contains(bot.AuthorId))
            .Select(bot => new { bot.AuthorId, bot.Definition, bot.Enabled })
            .ToDictionaryAsync(bot => bot.AuthorId, cancellationToken);
        var rows = await (
            from activation in context.Activations
            where ids.Contains(activation.Id)
            join channel in context.Channels on activation.ChannelId equals channel.Id
            join message in context.Messages on activation.TriggerMessageId equals (Guid?)message.Id into messages
            from trigger in messages.DefaultIfEmpty()
            join person in context.Authors on trigger.AuthorId equals person.Id into people
            from author in people.DefaultIfEmpty()
            select new { activation.Id, activation.BotId, channel.Kind, channel.Title, Trigger = trigger, Author = author.DisplayName })
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(
            row => row.Id,
            row => new ActivationFacts(bots[row.BotId].Definition, bots[row.BotId].Enabled, row.Kind, row.Title, row.Trigger, row.Author));
    }
}
