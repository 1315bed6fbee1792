using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Contracts.Traces;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>Counts the traces that match a filter: exactly while they are few, else approximately.</summary>
public sealed class TraceCounter(IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>Up to here is counted.</summary>
    public const int Exact = 1000;

    /// <summary>Counts what <see cref="TraceListReader.ListAsync"/> would show on all pages, by everything but text.</summary>
    /// <param name="tenantId">The owner.</param>
    /// <param name="filter">What is shown.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>Null when the filter has a text: how many that finds is only known once they are all found.</returns>
    public async Task<TraceCount?> CountAsync(string tenantId, TraceFilter filter, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = TraceListReader.Matching(context, tenantId, filter);
        var count = await CountAsync(context, matching, Exact, cancellationToken);
        return new TraceCount(count, count > Exact);
    }

    /// <summary>Counts up to <paramref name="exact"/>; what is more is an estimate, and more than that.</summary>
    internal static async Task<long> CountAsync(PlatformDbContext context, IQueryable<Trace> matching, int exact, CancellationToken cancellationToken)
    {
        var counted = await matching.Take(exact + 1).CountAsync(cancellationToken);
        return counted <= exact ? counted : Math.Max(counted, await EstimateAsync(context, matching, cancellationToken));
    }

    /// <summary>What the planner expects from its statistics.</summary>
    private static async Task<long> EstimateAsync(PlatformDbContext context, IQueryable<Trace> matching, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var command = matching.CreateDbCommand();
        command.CommandText = $"explain (format json) {command.CommandText}";
        using var plan = JsonDocument.Parse(await command.ExecuteScalarAsync(cancellationToken) as string ?? "[]");
        return (long)plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
    }
}
