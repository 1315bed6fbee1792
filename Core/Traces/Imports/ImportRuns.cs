using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Imports;

/// <summary>Keeps the state of imports. A running one holds an advisory lock on its connection, so that a crash shows at once.</summary>
public sealed class ImportRuns(NpgsqlDataSource source, IDbContextFactory<PlatformDbContext> contexts)
{
    private const int AnalyzeSeconds = 600;

    /// <summary>Finds a run of a tenant.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<ImportRun?> FindAsync(string tenantId, Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ImportRuns.SingleOrDefaultAsync(run => run.TenantId == tenantId && run.Id == id, cancellationToken);
    }

    /// <summary>Lists a tenant's runs, the newest first.</summary>
    public async Task<IReadOnlyList<ImportRun>> ListAsync(string tenantId, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ImportRuns.Where(run => run.TenantId == tenantId).OrderByDescending(run => run.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>Marks runs as failed whose process is gone.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> FailAbandonedAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update import_runs
            set state = 'failed', finished_at = now(),
                problems = problems || '[{"file": "", "message": "The process that ran this import ended. Import again: what is there already stays."}]'
            where state = 'running' and pg_try_advisory_xact_lock(hashtextextended(id::text, 0))
            """);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Stores a new run and takes its lock on <paramref name="connection"/>.</summary>
    internal static async Task StartAsync(NpgsqlConnection connection, ImportRun run, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with lock as materialized (select pg_advisory_lock(hashtextextended(@id::text, 0)))
            insert into import_runs (id, tenant_id, source, kind, state, traces_total, started_at)
            select @id, @tenant, @source, @kind, 'running', @total, @started from lock
            """,
            connection);
        command.Parameters.AddWithValue("id", run.Id);
        command.Parameters.AddWithValue("tenant", run.TenantId);
        command.Parameters.AddWithValue("source", run.Source);
        command.Parameters.AddWithValue("kind", EnumText.Of(run.Kind));
        command.Parameters.AddWithValue("total", NpgsqlDbType.Integer, (object?)run.TracesTotal ?? DBNull.Value);
        command.Parameters.AddWithValue("started", run.StartedAt);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Writes what the run has counted so far, and its end when it has one.</summary>
    internal static async Task SaveAsync(NpgsqlConnection connection, ImportRun run, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update import_runs
            set state = @state, traces_found = @found, traces_imported = @imported, traces_present = @present, traces_failed = @failed,
                bodies_imported = @bodies, bodies_missing = @missing, problems = @problems, finished_at = @finished
            where id = @id
            """,
            connection);
        command.Parameters.AddWithValue("id", run.Id);
        command.Parameters.AddWithValue("state", EnumText.Of(run.State));
        command.Parameters.AddWithValue("found", run.TracesFound);
        command.Parameters.AddWithValue("imported", run.TracesImported);
        command.Parameters.AddWithValue("present", run.TracesPresent);
        command.Parameters.AddWithValue("failed", run.TracesFailed);
        command.Parameters.AddWithValue("bodies", run.BodiesImported);
        command.Parameters.AddWithValue("missing", run.BodiesMissing);
        command.Parameters.AddWithValue("problems", NpgsqlDbType.Jsonb, run.Problems);
        command.Parameters.AddWithValue("finished", NpgsqlDbType.TimestampTz, (object?)run.FinishedAt ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Lets the planner know of many new rows.</summary>
    internal static async Task AnalyzeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("analyze traces; analyze trace_messages", connection) { CommandTimeout = AnalyzeSeconds };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives the lock back before the connection returns to its pool.</summary>
    internal static async Task ReleaseAsync(NpgsqlConnection connection, ImportRun run)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_unlock(hashtextextended(@id::text, 0))", connection);
        command.Parameters.AddWithValue("id", run.Id);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Reads the problems of a run.</summary>
    public static IReadOnlyList<FileProblem> ProblemsOf(ImportRun run) =>
        JsonSerializer.Deserialize<List<FileProblem>>(run.Problems, JsonSerializerOptions.Web) ?? [];
}
