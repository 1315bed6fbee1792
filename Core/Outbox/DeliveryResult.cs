namespace Platform.Core.Outbox;

/// <summary>What a try came to, and why.</summary>
/// <param name="Outcome">Which way it went.</param>
/// <param name="Error">A sentence without secrets; null when it was delivered.</param>
/// <param name="RetryAfter">How long the receiver wants to be left alone, at least; null when it did not say.</param>
public sealed record DeliveryResult(DeliveryOutcome Outcome, string? Error = null, TimeSpan? RetryAfter = null)
{
    /// <summary>What the receiver said to that. It may hold anything, our own text included: for the owner's eyes, not for logs.</summary>
    public string? Quote { get; init; }

    /// <summary>The error with what the receiver said, as the owner reads it.</summary>
    public string Explanation => Quote is { Length: > 0 } quote ? $"{Error?.TrimEnd('.')}: {quote}" : Error ?? "";

    /// <summary>The receiver took it.</summary>
    public static DeliveryResult Delivered { get; } = new(DeliveryOutcome.Delivered);

    /// <summary>It may go better later.</summary>
    public static DeliveryResult Failed(string error, TimeSpan? retryAfter = null) => new(DeliveryOutcome.Failed, error, retryAfter);

    /// <summary>The receiver will never take it.</summary>
    public static DeliveryResult Refused(string error) => new(DeliveryOutcome.Refused, error);

    /// <summary>The receiver will never take anything again.</summary>
    public static DeliveryResult Gone(string error) => new(DeliveryOutcome.Gone, error);
}
