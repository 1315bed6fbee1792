using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Migrates the database to this version's schema. Several may start at once: one migrates, the others wait for it.</summary>
public sealed partial class Migrator(
    NpgsqlDataSource source,
    IDbContextFactory<PlatformDbContext> contexts,
    DayPartitions partitions,
    JobSchema jobs,
    ILogger<Migrator> logger)
{
    private const long LockKey = 0x706C6174666F726D; // "platform"

    private static readonly TimeSpan LongestMigration = TimeSpan.FromHours(1);

    /// <summary>Applies missing migrations, creates the next days' partitions and Hangfire's tables, and grants the roles of Api and Worker their rights.</summary>
    /// <returns>How many migrations were applied.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached, or a migration failed; nothing of that migration stays.</exception>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        // The lock ends with the session.
        await using var guard = await SessionConnection.OpenAsync(source, cancellationToken);
        await guard.Connection.Sql("select pg_advisory_lock(@key)").With("key", LockKey).WithTimeout(LongestMigration).ExecuteAsync(cancellationToken);
        return await ApplyAsync(cancellationToken);
    }

    private async Task<int> ApplyAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Database.SetCommandTimeout(LongestMigration);
        await context.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        foreach (var name in pending)
        {
            LogApplying(name);
        }

        if (pending.Count > 0)
        {
            await context.Database.MigrateAsync(cancellationToken);
        }

        // After a rollback, an older version has fewer migrations than were applied.
        await source.Sql(
            """
            insert into schema_state (readable_since) values (@since)
            on conflict (only_row) do update set readable_since = excluded.readable_since
            where string_to_array(excluded.readable_since, '.')::int[] > string_to_array(schema_state.readable_since, '.')::int[]
            """)
            .With("since", ReadableSince.OfAll.ToString())
            .ExecuteAsync(cancellationToken);
        await partitions.EnsureAsync(cancellationToken);
        await Task.Run(jobs.Prepare, cancellationToken);
        await using (var connection = await source.OpenConnectionAsync(cancellationToken))
        {
            await DatabaseGrants.ApplyAsync(connection, cancellationToken);
        }

        LogCurrent(pending.Count);
        return pending.Count;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applying migration {Name}")]
    private partial void LogApplying(string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "The schema is up to date; {Count} migrations were applied")]
    private partial void LogCurrent(int count);
}
