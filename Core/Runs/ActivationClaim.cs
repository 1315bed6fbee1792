using Platform.Contracts.Activations;

namespace Platform.Core.Runs;

/// <summary>An activation claimed by a worker, until its lease is lost or it ends.</summary>
/// <param name="Id">The activation.</param>
/// <param name="TenantId">Whose it is.</param>
/// <param name="BotId">The bot.</param>
/// <param name="ChannelId">Where it answers.</param>
/// <param name="Reason">What activated it.</param>
/// <param name="TriggerMessageId">The triggering message, if any.</param>
/// <param name="Model">A model for this answer only.</param>
/// <param name="Fence">The claim's number; only the newest may finish.</param>
/// <param name="Attempt">How often it was claimed, this claim included.</param>
/// <param name="Losses">How many workers in a row were lost while running it; above 0 it was taken over.</param>
/// <param name="Deferrals">How many tries ended in a transient failure of the model.</param>
/// <param name="CancelRequestedBy">Who requested its cancellation, if anybody.</param>
/// <param name="TraceParent">W3C trace context of the originating request.</param>
/// <param name="CorrelationId">Correlation id of the originating request.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="StartedAt">UTC of this claim, on the database's clock.</param>
public sealed record ActivationClaim(
    Guid Id,
    string TenantId,
    Guid BotId,
    Guid ChannelId,
    ActivationReason Reason,
    Guid? TriggerMessageId,
    string? Model,
    long Fence,
    int Attempt,
    int Losses,
    int Deferrals,
    string? CancelRequestedBy,
    string? TraceParent,
    string? CorrelationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset StartedAt);
