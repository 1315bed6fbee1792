using Npgsql;
using NpgsqlTypes;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Leaves out trace files that were imported before, without reading them: their names say which trace they hold.</summary>
internal sealed class PresentTraces(NpgsqlConnection connection, string tenantId)
{
    /// <summary>Gives the files whose trace is not stored, and those whose name does not say.</summary>
    public async Task<IReadOnlyList<LogFile>> AbsentAsync(IReadOnlyList<LogFile> files, CancellationToken cancellationToken)
    {
        var present = await PresentAsync(files, cancellationToken);
        return [.. files.Where(file => !present.Contains(file.Path))];
    }

    private async Task<HashSet<string>> PresentAsync(IReadOnlyList<LogFile> files, CancellationToken cancellationToken)
    {
        var named = files.Select(file => (file.Path, file.Bot, Name: TraceFileName.Parse(file.Name))).Where(file => file.Name is not null).ToList();
        await using var command = new NpgsqlCommand(
            """
            select file.path
            from unnest(@paths, @bots, @ids, @times) as file(path, bot, source_trace_id, started_at)
            join traces t on t.tenant_id = @tenant and t.source_trace_id = file.source_trace_id
                and t.started_at = file.started_at and t.bot = coalesce(file.bot, t.bot)
            """,
            connection);
        command.Parameters.AddWithValue("tenant", tenantId);
        command.Parameters.AddWithValue("paths", named.Select(file => file.Path).ToArray());
        command.Parameters.AddWithValue("bots", NpgsqlDbType.Array | NpgsqlDbType.Text, named.Select(file => file.Bot).ToArray());
        command.Parameters.AddWithValue("ids", named.Select(file => file.Name?.TraceId ?? string.Empty).ToArray());
        command.Parameters.AddWithValue("times", named.Select(file => file.Name?.StartedAt ?? default).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        HashSet<string> present = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            present.Add(reader.GetString(0));
        }

        return present;
    }
}
