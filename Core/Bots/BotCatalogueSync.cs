using Microsoft.EntityFrameworkCore;
using Platform.Core.Authors;
using Platform.Core.Storage;

namespace Platform.Core.Bots;

/// <summary>
/// Writes what the config folder says to Postgres, where every process reads it. Several workers may do so at once:
/// they take turns, and what is in force already is not written again.
/// </summary>
public sealed class BotCatalogueSync(PlatformDbContext database, TimeProvider clock)
{
    private const string TenantId = Tenant.Home;

    /// <summary>Puts good versions in force, retires bots whose file is gone, and stores every problem.</summary>
    /// <param name="reading">The whole folder.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
    public async Task<BotSyncResult> ApplyAsync(BotCatalogueReading reading, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await TakeTurnAsync(cancellationToken);
        var run = new BotSyncRun(
            await database.Set<Author>().Where(author => author.TenantId == TenantId).ToDictionaryAsync(author => author.Handle, cancellationToken),
            await database.Set<Bot>().Where(bot => bot.TenantId == TenantId).ToListAsync(cancellationToken),
            await database.Set<BotFile>().Where(file => file.TenantId == TenantId).ToListAsync(cancellationToken),
            clock.GetUtcNow());

        var result = run.Apply(reading);

        database.AddRange(run.NewAuthors);
        await database.SaveChangesAsync(cancellationToken);
        database.AddRange(run.NewBots);
        await database.SaveChangesAsync(cancellationToken);
        database.RemoveRange(run.GoneFiles);
        database.AddRange(run.NewFiles);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private Task<int> TakeTurnAsync(CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('bot-catalogue'))", cancellationToken);
}
