namespace Platform.Contracts.Conversations;

/// <summary>Names of the server-sent events of a conversation's stream.</summary>
public static class StreamEvents
{
    /// <summary>First event: the stream is open.</summary>
    public const string Connected = "connected";

    /// <summary>A stored message that the client had not seen.</summary>
    public const string Message = "message";

    /// <summary>All stored messages were sent; from here on the stream is live.</summary>
    public const string ReplayComplete = "replay_complete";

    /// <summary>A worker started to generate an answer.</summary>
    public const string GenerationStarted = "generation_started";

    /// <summary>A piece of the growing answer.</summary>
    public const string Token = "token";

    /// <summary>The answer is stored.</summary>
    public const string MessageComplete = "message_complete";

    /// <summary>The worker died: discard the partial text, another worker starts the answer again.</summary>
    public const string GenerationRestarted = "generation_restarted";

    /// <summary>The bot decided not to answer.</summary>
    public const string Silent = "silent";

    /// <summary>A person cancelled the answer.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The answer failed.</summary>
    public const string Error = "error";

    /// <summary>Nothing happened for 15 seconds.</summary>
    public const string Heartbeat = "heartbeat";

    /// <summary>The activation ended, with any state.</summary>
    public const string Done = "done";
}

/// <summary>Data of <see cref="StreamEvents.Token"/>.</summary>
/// <param name="Token">Text to append.</param>
/// <param name="Index">Where it begins in the answer, in UTF-16 units: the length of all tokens before it.</param>
/// <param name="ActivationId">The activation that writes.</param>
public sealed record TokenEvent(string Token, int Index, string ActivationId);

/// <summary>Data of <see cref="StreamEvents.Message"/> and <see cref="StreamEvents.MessageComplete"/>.</summary>
/// <param name="Message">The stored message.</param>
/// <param name="Sequence">Its sequence.</param>
public sealed record MessageCompleteEvent(MessageResponse Message, long Sequence);

/// <summary>Data of <see cref="StreamEvents.Error"/>.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Message">One sentence for the person who waits.</param>
/// <param name="RetryAfter">Seconds after which another try makes sense; null when unknown.</param>
/// <param name="ActivationId">The activation that failed.</param>
/// <param name="TraceId">Its trace.</param>
public sealed record StreamErrorEvent(string Code, string Message, int? RetryAfter, string? ActivationId, string? TraceId);

/// <summary>Data of <see cref="StreamEvents.GenerationStarted"/>, <see cref="StreamEvents.GenerationRestarted"/> and <see cref="StreamEvents.Done"/>.</summary>
/// <param name="ActivationId">The activation that writes.</param>
/// <param name="BotHandle">Who writes.</param>
/// <param name="Attempt">From 1; grows with each takeover.</param>
/// <param name="State">Final state for <c>done</c>, else <c>running</c>.</param>
/// <param name="TraceId">Only for <c>done</c>.</param>
/// <param name="SilentReason">Only for a <c>done</c> whose state is <c>silent</c>.</param>
public sealed record GenerationEvent(
    string ActivationId,
    string BotHandle,
    int Attempt,
    Activations.ActivationState State,
    string? TraceId = null,
    string? SilentReason = null);
