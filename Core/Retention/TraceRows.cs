namespace Platform.Core.Retention;

/// <summary>Deletes traces with what hangs on them, in one statement; no foreign key does it row by row.</summary>
internal static class TraceRows
{
    /// <summary>How many traces a statement takes at most.</summary>
    public const int Batch = 5000;

    /// <summary>Writes the statement. It returns the number of deleted traces.</summary>
    /// <param name="which">SQL that selects ids of traces.</param>
    /// <param name="more">SQL of further deletions by <c>old(id)</c>, each after a comma.</param>
    public static string Delete(string which, string more = "") =>
        $"""
        with old as (
            delete from traces where id = any(array({which})) returning id
        ), messages as (
            delete from trace_messages m using old where m.trace_id = old.id
        ), calls as (
            delete from llm_calls c using old where c.trace_id = old.id returning c.id
        ), bodies as (
            delete from llm_call_bodies b using calls where b.llm_call_id = calls.id
        ), replays as (
            delete from replays r using old where r.trace_id = old.id
        ){more}
        select count(*) from old
        """;
}
