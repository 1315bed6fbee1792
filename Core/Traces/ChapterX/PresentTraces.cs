using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Skips trace files that were imported before, without reading them: their names contain the trace id.</summary>
internal sealed class PresentTraces(NpgsqlConnection connection, string tenantId)
{
    /// <summary>Returns the files whose trace is not stored, and those whose name has no trace id.</summary>
    public async Task<IReadOnlyList<LogFile>> AbsentAsync(IReadOnlyList<LogFile> files, CancellationToken cancellationToken)
    {
        var present = await PresentAsync(files, cancellationToken);
        return [.. files.Where(file => !present.Contains(file.Path))];
    }

    private async Task<HashSet<string>> PresentAsync(IReadOnlyList<LogFile> files, CancellationToken cancellationToken)
    {
        var named = files.Select(file => (file.Path, file.Bot, Name: TraceFileName.Parse(file.Name))).Where(file => file.Name is not null).ToList();
        var present = await connection.Sql(
            """
            select file.path
            from unnest(@paths, @bots, @ids, @times) as file(path, bot, source_trace_id, started_at)
            join traces t on t.tenant_id = @tenant and t.source_trace_id = file.source_trace_id
                and t.started_at = file.started_at and t.bot = coalesce(file.bot, t.bot)
            """)
            .With("tenant", tenantId)
            .With("paths", named.Select(file => file.Path).ToArray())
            .With("bots", named.Select(file => file.Bot).ToArray())
            .With("ids", named.Select(file => file.Name?.TraceId ?? string.Empty).ToArray())
            .With("times", named.Select(file => file.Name?.StartedAt ?? default).ToArray())
            .ListAsync(row => row.Get<string>("path"), cancellationToken);
        return present.ToHashSet(StringComparer.Ordinal);
    }
}
