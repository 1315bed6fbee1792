namespace Platform.Core.Storage;

/// <summary>
/// Start time of Postgres. Leases that expired while it was unavailable do not mean that their holders died, since they could not renew; within one
/// lease of this moment none counts as lost.
/// </summary>
internal static class ServerStart
{
    /// <summary>A scalar subquery: the start, or the end of the recovery from a crash.</summary>
    public const string At = "(select server_start())";
}
