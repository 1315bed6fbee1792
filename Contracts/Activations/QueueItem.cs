namespace Platform.Contracts.Activations;

/// <summary>One activation that has not ended.</summary>
/// <param name="Id">UUIDv7 of the activation.</param>
/// <param name="Bot">Handle of the bot.</param>
/// <param name="ChannelId">Where it answers.</param>
/// <param name="ChannelName">Title of the channel; null when it has none.</param>
/// <param name="Reason">What activated it.</param>
/// <param name="Trigger">Start of the triggering message; null when there is none or it was deleted.</param>
/// <param name="State">Its state.</param>
/// <param name="Attempt">How often it was claimed.</param>
/// <param name="Losses">How many workers were lost on it in a row.</param>
/// <param name="Deferrals">How often it was deferred.</param>
/// <param name="DeferredReason">Error code of the latest transient failure; null when there was none.</param>
/// <param name="Error">Why it is parked; null otherwise.</param>
/// <param name="CancelRequestedBy">Who requested its cancellation; null when nobody did.</param>
/// <param name="Worker">Who runs it; null unless running.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="NotBefore">UTC; not claimed before it.</param>
/// <param name="StartedAt">UTC of the latest claim; null before the first.</param>
public sealed record QueueItem(
    string Id,
    string Bot,
    string ChannelId,
    string? ChannelName,
    ActivationReason Reason,
    string? Trigger,
    QueueState State,
    int Attempt,
    int Losses,
    int Deferrals,
    string? DeferredReason,
    ActivationError? Error,
    string? CancelRequestedBy,
    string? Worker,
    DateTimeOffset CreatedAt,
    DateTimeOffset NotBefore,
    DateTimeOffset? StartedAt);
