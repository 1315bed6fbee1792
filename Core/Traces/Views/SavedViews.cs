using Npgsql;
using Platform.Contracts.Traces;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Views;

/// <summary>Reads and changes saved views. Those of another key or tenant are not visible.</summary>
public sealed class SavedViews(NpgsqlDataSource source)
{
    /// <summary>Lists the views of a key, by name.</summary>
    /// <exception cref="NpgsqlException">Postgres is unavailable.</exception>
    public Task<List<SavedTraceView>> ListAsync(string tenantId, string principal, CancellationToken cancellationToken) =>
        source.Sql(
            """
            select name, query, created_at, updated_at from saved_views
            where tenant_id = @tenant and principal = @principal
            order by lower(name), name
            """)
            .With("tenant", tenantId)
            .With("principal", principal)
            .ListAsync(Read, cancellationToken);

    /// <summary>Saves a view, or changes the one of that name. Saves of one key wait for each other, so that it never has more than <see cref="SavedTraceView.MaxPerPrincipal"/>.</summary>
    /// <param name="tenantId">The owner.</param>
    /// <param name="principal">Name of the key.</param>
    /// <param name="name">Checked by <see cref="SavedTraceView.ProblemWithName"/>.</param>
    /// <param name="query">The list's query string.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>False when the key has as many views as it may.</returns>
    /// <exception cref="NpgsqlException">Postgres is unavailable.</exception>
    public async Task<bool> SaveAsync(string tenantId, string principal, string name, string query, CancellationToken cancellationToken) =>
        await source.Sql(
            """
            select pg_advisory_xact_lock(hashtextextended('saved-views:' || @tenant || ' ' || @principal, 0));
            insert into saved_views (tenant_id, principal, name, query)
            select @tenant, @principal, @name, @query
            where exists (select from saved_views where tenant_id = @tenant and principal = @principal and name = @name)
                or (select count(*) from saved_views where tenant_id = @tenant and principal = @principal) < @most
            on conflict (tenant_id, principal, name) do update set query = excluded.query, updated_at = now()
            """)
            .With("tenant", tenantId)
            .With("principal", principal)
            .With("name", name)
            .With("query", query)
            .With("most", SavedTraceView.MaxPerPrincipal)
            .ExecuteAsync(cancellationToken) == 1;

    /// <summary>Deletes a view.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="NpgsqlException">Postgres is unavailable.</exception>
    public async Task<bool> DeleteAsync(string tenantId, string principal, string name, CancellationToken cancellationToken) =>
        await source.Sql("delete from saved_views where tenant_id = @tenant and principal = @principal and name = @name")
            .With("tenant", tenantId)
            .With("principal", principal)
            .With("name", name)
            .ExecuteAsync(cancellationToken) == 1;

    private static SavedTraceView Read(SqlRow row) =>
        new(row.Get<string>("name"), row.Get<string>("query"), row.Get<DateTimeOffset>("created_at"), row.Get<DateTimeOffset>("updated_at"));
}
