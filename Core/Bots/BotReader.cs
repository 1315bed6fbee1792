using Microsoft.EntityFrameworkCore;
using Platform.Core.Storage;

namespace Platform.Core.Bots;

/// <summary>Reads bots and their files. What another tenant owns is not found.</summary>
public sealed class BotReader(IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>All bots, by handle.</summary>
    public async Task<IReadOnlyList<BotView>> ListAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Views(context, tenantId).OrderBy(view => view.Handle).ToListAsync(cancellationToken);
    }

    /// <summary>One bot.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="handleOrId">The handle, with or without <c>@</c>, or the id.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>Null when there is none, or it is not this tenant's.</returns>
    public async Task<BotView?> FindAsync(string tenantId, string handleOrId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var views = Views(context, tenantId);
        var handle = handleOrId.TrimStart('@').ToLowerInvariant();
        return await (Guid.TryParse(handleOrId, out var id)
            ? views.SingleOrDefaultAsync(view => view.Bot.AuthorId == id, cancellationToken)
            : views.SingleOrDefaultAsync(view => view.Handle == handle, cancellationToken));
    }

    /// <summary>Every file of the config folder as it was last read, by path.</summary>
    public async Task<IReadOnlyList<BotFile>> FilesAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<BotFile>()
            .Where(file => file.TenantId == tenantId)
            .OrderBy(file => file.Path)
            .ToListAsync(cancellationToken);
    }

    /// <summary>How many files of the config folder have errors.</summary>
    public async Task<int> CountFaultyFilesAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<BotFile>().CountAsync(file => file.TenantId == tenantId && !file.Loaded, cancellationToken);
    }

    private static IQueryable<BotView> Views(PlatformDbContext context, string tenantId) =>
        from bot in context.Set<Bot>()
        join author in context.Authors on bot.AuthorId equals author.Id
        where bot.TenantId == tenantId
        select new BotView
        {
            Bot = bot,
            Handle = author.Handle,
            File = context.Set<BotFile>().FirstOrDefault(file => file.TenantId == tenantId && file.Path == bot.SourceFile),
        };
}
