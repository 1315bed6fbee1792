using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Contracts.Bots;
using Platform.Core.Access;
using Platform.Core.Bots.Files;
using Platform.Core.Storage;
using Platform.Core.Text;
using Platform.Core.Yaml;

namespace Platform.Core.Bots;

/// <summary>
/// Stores the config folder's content in Postgres, where every process reads it. Several workers may do so at once:
/// they take turns, and what is active already is not written again.
/// </summary>
public sealed class BotCatalogueSync(IDbContextFactory<PlatformDbContext> contexts, TimeProvider clock)
{
    private const string TenantId = Tenant.Home;
    private const string WholeFolder = ConfigFolder.Bots;

    /// <summary>Activates valid versions, disables bots whose file was removed, and stores every problem.</summary>
    /// <param name="reading">The whole folder.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
    public async Task<BotSyncResult> ApplyAsync(BotCatalogueReading reading, CancellationToken cancellationToken)
    {
        try
        {
            return await ApplyAllAsync(reading, cancellationToken);
        }
        catch (DbUpdateException exception) when (IsRefusal(exception))
        {
            var storable = await RefuseUnstorableAsync(reading, cancellationToken);
            return await ApplyAllAsync(storable, cancellationToken);
        }
    }

    /// <summary>Stores why the folder could not be read at all, so that every process reports it. Bots stay as they are; the next reading removes it.</summary>
    public async Task NoteFailureAsync(string reason, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.BotFiles.Where(file => file.TenantId == TenantId && file.Path == WholeFolder).ExecuteDeleteAsync(cancellationToken);
        context.Add(new BotFile
        {
            TenantId = TenantId,
            Path = WholeFolder,
            Problems = [new BotFileProblem(BotFileSeverity.Error, WholeFolder, null, null, $"The folder could not be read: {StorableText.Repair(reason)}", "Bots stay unchanged until it can be read.")],
            CheckedAt = clock.GetUtcNow(),
        });
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>True for a complaint about a value: data exceptions and exceeded limits of Postgres, and text that has no UTF-8 form.</summary>
    private static bool IsRefusal(Exception exception) =>
        exception.InnerException is PostgresException { SqlState: ['2', '2', ..] or ['5', '4', ..] } or ArgumentException;

    /// <summary>Finds the files whose definition Postgres does not take, so that the others come into force.</summary>
    private async Task<BotCatalogueReading> RefuseUnstorableAsync(BotCatalogueReading reading, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var files = new List<BotFileReading>();
        foreach (var file in reading.BotFiles)
        {
            var refusal = file.Definition is { } definition ? await RefusalAsync(context, definition, cancellationToken) : null;
            files.Add(refusal is null ? file : file.Refused(null, null, $"The database cannot store this bot: {refusal}.", "Remove unusual characters and very long values."));
        }

        return reading with { BotFiles = files };
    }

    private static async Task<string?> RefusalAsync(PlatformDbContext context, BotDefinition definition, CancellationToken cancellationToken)
    {
        var (json, name) = (BotDefinitionJson.Write(definition), definition.DisplayName);
        try
        {
            await context.Database.ExecuteSqlAsync($"select {json}::jsonb, {name}::text", cancellationToken);
            return null;
        }
        catch (PostgresException exception) when (exception.SqlState is ['2', '2', ..] or ['5', '4', ..])
        {
            return exception.MessageText;
        }
        catch (ArgumentException)
        {
            return "its name is not valid Unicode text";
        }
    }

    private async Task<BotSyncResult> ApplyAllAsync(BotCatalogueReading reading, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('bot-catalogue'))", cancellationToken);
        var run = new BotSyncRun(
            await context.Authors.AsTracking().Where(author => author.TenantId == TenantId).ToDictionaryAsync(author => author.Handle, cancellationToken),
            await context.Set<Bot>().AsTracking().Where(bot => bot.TenantId == TenantId).ToListAsync(cancellationToken),
            await context.Set<BotFile>().Where(file => file.TenantId == TenantId).ToListAsync(cancellationToken),
            clock.GetUtcNow());

        var result = run.Apply(reading);

        // Authors before bots before files: each refers to the one before.
        context.AddRange(run.NewAuthors);
        await context.SaveChangesAsync(cancellationToken);
        context.AddRange(run.NewBots);
        await context.SaveChangesAsync(cancellationToken);
        context.RemoveRange(run.GoneFiles);
        context.UpdateRange(run.ReadAgain);
        context.AddRange(run.NewFiles);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}

/// <summary>What one synchronisation changed.</summary>
/// <param name="Changed">Handles of bots that are new or have a new active definition.</param>
/// <param name="Retired">Handles of bots whose file was removed.</param>
/// <param name="InvalidFiles">Paths whose newest version has errors and is not active.</param>
/// <param name="Problems">Of every file, errors and warnings.</param>
public sealed record BotSyncResult(
    IReadOnlyList<string> Changed,
    IReadOnlyList<string> Retired,
    IReadOnlyList<string> InvalidFiles,
    IReadOnlyList<BotFileProblem> Problems);
