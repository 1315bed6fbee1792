using Platform.Contracts.Activations;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Core.Activations.Queue;

/// <summary>A claim as the database returns it.</summary>
internal static class ClaimRow
{
    /// <summary>What <see cref="Read"/> reads of a row of activations, which the SQL calls <c>a</c>.</summary>
    public const string Columns =
        """
        a.id, a.tenant_id, a.bot_id, a.channel_id, a.reason, a.trigger_message_id, a.model, a.lease_fence, a.attempt,
        a.losses, a.deferrals, a.cancel_requested_by, a.trace_parent, a.correlation_id, a.created_at, a.started_at, a.state
        """;

    /// <summary>Reads a claim; one that was never started began when it was created.</summary>
    public static ActivationClaim Read(SqlRow row) => new(
        row.Get<Guid>("id"),
        row.Get<string>("tenant_id"),
        row.Get<Guid>("bot_id"),
        row.Get<Guid>("channel_id"),
        row.Enum<ActivationReason>("reason"),
        row.Get<Guid?>("trigger_message_id"),
        row.GetOrNull<string>("model"),
        row.Get<long>("lease_fence"),
        row.Get<int>("attempt"),
        row.Get<int>("losses"),
        row.Get<int>("deferrals"),
        row.GetOrNull<string>("cancel_requested_by"),
        row.GetOrNull<string>("trace_parent"),
        row.GetOrNull<string>("correlation_id"),
        row.Get<DateTimeOffset>("created_at"),
        row.Get<DateTimeOffset?>("started_at") ?? row.Get<DateTimeOffset>("created_at"));
}
