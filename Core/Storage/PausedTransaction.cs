namespace Platform.Core.Storage;

/// <summary>
/// What a process does to a transaction whose locks others wait for when it stops in the middle of it: a paused process keeps its
/// connection, so Postgres would wait for it as long as it is paused.
/// </summary>
internal static class PausedTransaction
{
    /// <summary>First statement of such a transaction: when nothing comes for 4 seconds, as long as a lease holds, Postgres ends it.</summary>
    public const string Limit = "set local idle_in_transaction_session_timeout = 4000";
}
