namespace Platform.Core.Outbox;

/// <summary>Result of one attempt.</summary>
public enum DeliveryOutcome
{
    /// <summary>The delivery succeeded.</summary>
    Delivered,

    /// <summary>It may go better later.</summary>
    Failed,

    /// <summary>The delivery failed permanently.</summary>
    Refused,

    /// <summary>The endpoint is gone (410).</summary>
    Gone,
}
