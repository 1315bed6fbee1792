namespace Platform.Tests.Infrastructure;

/// <summary>How a <see cref="WebhookReceiver"/> answers one delivery.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The answer's body.</param>
/// <param name="RetryAfter">Sent as <c>Retry-After</c>, in seconds.</param>
/// <param name="Location">Sent as <c>Location</c>.</param>
/// <param name="Gate">The answer waits for it; null answers at once.</param>
/// <param name="Drops">Cuts the connection instead of answering.</param>
public sealed record WebhookReply(
    int Status, string Body = "", TimeSpan? RetryAfter = null, string? Location = null, Task? Gate = null, bool Drops = false)
{
    /// <summary>Takes it.</summary>
    public static WebhookReply Ok { get; } = new(204);

    /// <summary>Never answers; ends when the sender gives up.</summary>
    public static WebhookReply Hang { get; } = new(204, Gate: new TaskCompletionSource().Task);

    /// <summary>Took it, but the sender never learns of it.</summary>
    public static WebhookReply Cut { get; } = new(204, Drops: true);
}
