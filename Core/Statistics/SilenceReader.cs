using Npgsql;
using NpgsqlTypes;
using Platform.Contracts.Statistics;

namespace Platform.Core.Statistics;

/// <summary>Says which rules kept which bots silent, and where.</summary>
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
    public async Task<IReadOnlyList<Silence>> ReadAsync(string tenantId, DateTimeOffset from, string? bot, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select bot, channel_id, max(channel_name), silent_reason, count(*), max(started_at)
            from traces
            where tenant_id = @tenant and silent_reason is not null and started_at >= @from and (@bot is null or bot = @bot)
            group by bot, channel_id, silent_reason
            order by count(*) desc, bot, channel_id, silent_reason
            limit @most
            """);
        command.Parameters.AddWithValue("tenant", tenantId);
        command.Parameters.AddWithValue("from", from);
        command.Parameters.Add(new NpgsqlParameter("bot", NpgsqlDbType.Text) { Value = (object?)bot ?? DBNull.Value });
        command.Parameters.AddWithValue("most", Most);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Silence> silences = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            silences.Add(new Silence(
                reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(3),
                reader.GetInt64(4), reader.GetFieldValue<DateTimeOffset>(5)));
        }

        return silences;
    }
}
