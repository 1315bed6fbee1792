namespace Platform.Core.Storage;

/// <summary>
/// When Postgres began to answer. Leases that ran out while it was away say nothing about their holders, who could not renew; within one
/// lease of this moment none counts as lost.
/// </summary>
internal static class ServerStart
{
    /// <summary>A scalar subquery: the start, or the end of the recovery from a crash, which starts a new checkpointer.</summary>
    public const string At =
        "(select greatest(pg_postmaster_start_time(), max(backend_start)) from pg_stat_activity where backend_type = 'checkpointer')";
}
