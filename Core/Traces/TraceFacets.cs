using Microsoft.EntityFrameworkCore;
using Platform.Contracts.Traces;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>Lists the filter values of traces; a name with several Unicode forms counts once. Each list jumps from value to value along an index, so that a million traces of ten bots cost ten lookups.</summary>
public sealed class TraceFacets(IDbContextFactory<PlatformDbContext> contexts)
{
    private const int Most = 500;

    /// <summary>Names of all bots that have traces, in ordinal order.</summary>
    public Task<IReadOnlyList<string>> BotsAsync(string tenantId, CancellationToken cancellationToken) =>
        ValuesAsync("bot", tenantId, cancellationToken);

    /// <summary>Channels that have traces, by name, at most 500. A channel has its newest trace's name.</summary>
    public async Task<IReadOnlyList<TraceChannel>> ChannelsAsync(string tenantId, CancellationToken cancellationToken)
    {
        var ids = await ValuesAsync("channel_id", tenantId, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var names = await context.Database.SqlQuery<NamedChannel>(
            $"""
            select channel.id, (
                select t.channel_name from traces t
                where t.tenant_id = {tenantId} and t.channel_id = channel.id
                order by t.started_at desc, t.id desc limit 1) as name
            from unnest({ids.ToArray()}) channel(id)
            """).ToListAsync(cancellationToken);
        return [.. names.Select(channel => new TraceChannel(channel.Id, channel.Name)).OrderBy(channel => channel.Name ?? channel.Id, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Models that were called last in a trace, in ordinal order, at most 500.</summary>
    public Task<IReadOnlyList<string>> ModelsAsync(string tenantId, CancellationToken cancellationToken) =>
        ValuesAsync("model", tenantId, cancellationToken);

    /// <summary>Rules that kept a bot silent, in ordinal order, at most 500.</summary>
    public Task<IReadOnlyList<string>> SilentReasonsAsync(string tenantId, CancellationToken cancellationToken) =>
        ValuesAsync("silent_reason", tenantId, cancellationToken);

    private async Task<IReadOnlyList<string>> ValuesAsync(string column, string tenantId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        var values = await context.Database.SqlQueryRaw<string>(JumpingAlong(column), tenantId, Most).ToListAsync(cancellationToken);
        values.Sort(StringComparer.Ordinal);
        return values;
    }

    /// <param name="column">One of the columns above, never user input.</param>
    private static string JumpingAlong(string column) =>
        $$"""
        with recursive found as (
            (select {{column}} as one from traces where tenant_id = {0} and {{column}} is not null order by {{column}} limit 1)
            union all
            select (select t.{{column}} from traces t where t.tenant_id = {0} and t.{{column}} > found.one order by t.{{column}} limit 1)
            from found
            where found.one is not null
        )
        select min(one) as "Value" from (select one from found where one is not null limit {1}) as distinct_values group by normalize(one, nfc)
        """;

    private sealed record NamedChannel(string Id, string? Name);
}
