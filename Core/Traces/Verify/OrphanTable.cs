namespace Platform.Core.Traces.Verify;

/// <summary>A table whose rows belong to traces, with the SQL that goes through it page by page.</summary>
internal sealed class OrphanTable
{
    /// <summary>In the order in which they are gone through: what one leaves behind, the next finds.</summary>
    public static readonly IReadOnlyList<OrphanTable> All =
    [
        new("trace_messages", "trace_id", "trace_id", "not exists (select from traces where traces.id = page.trace_id)"),
        new("llm_calls", "id", "id, trace_id", "not exists (select from traces where traces.id = page.trace_id)"),
        new("llm_call_bodies", "llm_call_id", "distinct llm_call_id", "not exists (select from llm_calls where llm_calls.id = page.llm_call_id)"),
        new("trace_documents", "stored_day, trace_id", "stored_day, trace_id", "not exists (select from traces where traces.id = page.trace_id)"),
    ];

    private OrphanTable(string name, string keys, string columns, string isOrphan)
    {
        Name = name;
        HasDay = keys.Contains(',', StringComparison.Ordinal);
        var after = HasDay ? $"({keys}) > (@day, @id)" : $"{keys} > @id";
        var last = HasDay ? keys : $"null::date, {keys}";
        var descending = keys.Replace(",", " desc,", StringComparison.Ordinal) + " desc";
        var page = $"page as materialized (select {columns} from {name} where {after} order by {keys} limit @count)";
        CountSql =
            $"""
            with {page}
            select (select count(*) from page) as seen,
                (select count(*) from {name} where ({keys}) in (select {keys} from page where {isOrphan})) as orphans, last.*
            from (select {last} from page order by {descending} limit 1) last (day, id)
            """;
        DeleteSql =
            $"""
            with {page}, gone as (
                delete from {name} where ({keys}) in (select {keys} from page where {isOrphan}) returning 1
            )
            select (select count(*) from page) as seen, (select count(*) from gone) as orphans, last.*
            from (select {last} from page order by {descending} limit 1) last (day, id)
            """;
    }

    public string Name { get; }

    /// <summary>True when the key begins with a day.</summary>
    public bool HasDay { get; }

    /// <summary>
    /// Looks at <c>@count</c> keys after <c>@day</c> and <c>@id</c>. Answers how many there are, how many rows of them are orphans, and the
    /// last key; nothing when there are no more.
    /// </summary>
    public string CountSql { get; }

    /// <summary>As <see cref="CountSql"/>, and deletes the orphans. A trace comes with all its rows in one transaction, so none is seen without it.</summary>
    public string DeleteSql { get; }
}
