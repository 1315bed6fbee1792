using Npgsql;
using Platform.Contracts.Statistics;
using Platform.Core.Storage;

namespace Platform.Core.Statistics;

/// <summary>Counts the activations in which a bot stayed silent, by reason, and where.</summary>
public sealed class SilenceReader(NpgsqlDataSource source)
{
    /// <summary>Longest list.</summary>
    public const int Most = 500;

    /// <summary>Counts non-answers by bot, channel and rule, the most frequent first.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="from">Earliest start.</param>
    /// <param name="bot">Exact name; null for all.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<Silence>> ReadAsync(string tenantId, DateTimeOffset from, string? bot, CancellationToken cancellationToken) =>
        await source.Sql(
            """
            select bot, channel_id, max(channel_name) as channel_name, silent_reason, count(*) as count, max(started_at) as last_at
            from traces
            where tenant_id = @tenant and silent_reason is not null and started_at >= @from and (@bot is null or bot = @bot)
            group by bot, channel_id, silent_reason
            order by count(*) desc, bot, channel_id, silent_reason
            limit @most
            """)
            .With("tenant", tenantId).With("from", from).With("bot", bot).With("most", Most)
            .ListAsync(
                row => new Silence(
                    row.Get<string>("bot"), row.Get<string>("channel_id"), row.GetOrNull<string>("channel_name"), row.Get<string>("silent_reason"),
                    row.Get<long>("count"), row.Get<DateTimeOffset>("last_at")),
                cancellationToken);
}
