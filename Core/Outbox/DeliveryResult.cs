namespace Platform.Core.Outbox;

/// <summary>Outcome of a delivery attempt.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Error">A sentence without secrets; null when it was delivered.</param>
/// <param name="RetryAfter">The receiver's <c>Retry-After</c>; null when it sent none.</param>
public sealed record DeliveryResult(DeliveryOutcome Outcome, string? Error = null, TimeSpan? RetryAfter = null)
{
    /// <summary>Start of the receiver's response. It may contain anything, including what was sent: shown to the owner, never logged.</summary>
    public string? Quote { get; init; }

    /// <summary>Whether the receiver could not be connected to, so that the failure says nothing about this delivery.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>The error with the receiver's answer, as shown to the owner.</summary>
    public string Explanation => Quote is { Length: > 0 } quote ? $"{Error?.TrimEnd('.')}: {quote}" : Error ?? "";

    /// <summary>The receiver accepted it.</summary>
    public static DeliveryResult Delivered { get; } = new(DeliveryOutcome.Delivered);

    /// <summary>A failure that may be temporary: it is retried.</summary>
    public static DeliveryResult Failed(string error, TimeSpan? retryAfter = null) => new(DeliveryOutcome.Failed, error, retryAfter);

    /// <summary>The receiver could not be connected to: it is retried.</summary>
    public static DeliveryResult Unreachable(string error) => Failed(error) with { IsUnreachable = true };

    /// <summary>A permanent failure: it becomes a dead letter.</summary>
    public static DeliveryResult Refused(string error) => new(DeliveryOutcome.Refused, error);

    /// <summary>The receiver answered 410: it becomes a dead letter and the webhook is disabled.</summary>
    public static DeliveryResult Gone(string error) => new(DeliveryOutcome.Gone, error);
}
