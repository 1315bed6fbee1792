namespace Platform.Core.Outbox;

/// <summary>What a try came to.</summary>
public enum DeliveryOutcome
{
    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It may go better later.</summary>
    Failed,

    /// <summary>The receiver will never take it.</summary>
    Refused,

    /// <summary>The receiver will never take anything again.</summary>
    Gone,
}
