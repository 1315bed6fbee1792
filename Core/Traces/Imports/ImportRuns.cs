using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Imports;

/// <summary>Keeps the state of imports. A running one holds an advisory lock on its connection, so that a crash shows at once.</summary>
public sealed class ImportRuns(NpgsqlDataSource source, IDbContextFactory<PlatformDbContext> contexts)
{
    private static readonly TimeSpan AnalyzeTimeout = TimeSpan.FromMinutes(10);

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
    public Task<int> FailAbandonedAsync(CancellationToken cancellationToken) =>
        source.Sql(
            """
            update import_runs
            set state = 'failed', finished_at = now(),
                problems = problems || '[{"file": "", "message": "The process that ran this import ended. Import again: what is there already stays."}]'
            where state = 'running' and pg_try_advisory_xact_lock(hashtextextended(id::text, 0))
            """)
            .ExecuteAsync(cancellationToken);

    /// <summary>Stores a new run and takes its lock on <paramref name="connection"/>.</summary>
    internal static Task StartAsync(NpgsqlConnection connection, ImportRun run, CancellationToken cancellationToken) =>
        connection.Sql(
            """
            with lock as materialized (select pg_advisory_lock(hashtextextended(@id::text, 0)))
            insert into import_runs (id, tenant_id, source, kind, state, traces_total, started_at)
            select @id, @tenant, @source, @kind, 'running', @total, @started from lock
            """)
            .With("id", run.Id).With("tenant", run.TenantId).With("source", run.Source).With("kind", EnumText.Of(run.Kind))
            .With("total", run.TracesTotal).With("started", run.StartedAt)
            .ExecuteAsync(cancellationToken);

    /// <summary>Writes what the run has counted so far, and its end when it has one.</summary>
    internal static Task SaveAsync(NpgsqlConnection connection, ImportRun run, CancellationToken cancellationToken) =>
        connection.Sql(
            """
            update import_runs
            set state = @state, traces_found = @found, traces_imported = @imported, traces_present = @present, traces_failed = @failed,
                bodies_imported = @bodies, bodies_missing = @missing, problems = @problems, finished_at = @finished
            where id = @id
            """)
            .With("id", run.Id).With("state", EnumText.Of(run.State))
            .With("found", run.TracesFound).With("imported", run.TracesImported).With("present", run.TracesPresent).With("failed", run.TracesFailed)
            .With("bodies", run.BodiesImported).With("missing", run.BodiesMissing)
            .With("problems", run.Problems, NpgsqlDbType.Jsonb)
            .With("finished", run.FinishedAt)
            .ExecuteAsync(cancellationToken);

    /// <summary>Updates the planner's statistics.</summary>
    internal static Task AnalyzeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.Sql("analyze traces; analyze trace_messages").WithTimeout(AnalyzeTimeout).ExecuteAsync(cancellationToken);

    /// <summary>Gives the lock back before the connection returns to its pool.</summary>
    internal static Task ReleaseAsync(NpgsqlConnection connection, ImportRun run) =>
        connection.Sql("select pg_advisory_unlock(hashtextextended(@id::text, 0))").With("id", run.Id).ExecuteAsync(CancellationToken.None);

    /// <summary>Reads the problems of a run.</summary>
    public static IReadOnlyList<FileProblem> ProblemsOf(ImportRun run) =>
        JsonSerializer.Deserialize<List<FileProblem>>(run.Problems, JsonSerializerOptions.Web) ?? [];
}
