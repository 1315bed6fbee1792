namespace Platform.Contracts.Conversations;

/// <summary>Names of the server-sent events of a conversation's stream.</summary>
public static class StreamEvents
{
    /// <summary>First event: the stream is open.</summary>
    public const string Connected = "connected";

    /// <summary>A stored message that the client had not seen.</summary>
    public const string Message = "message";

    /// <summary>What was stored before has been sent; from here on it is live.</summary>
    public const string ReplayComplete = "replay_complete";

    /// <summary>A worker began to write an answer.</summary>
    public const string GenerationStarted = "generation_started";

    /// <summary>A piece of the growing answer.</summary>
    public const string Token = "token";

    /// <summary>The answer is stored.</summary>
    public const string MessageComplete = "message_complete";

    /// <summary>The worker died: discard the partial text, another begins.</summary>
    public const string GenerationRestarted = "generation_restarted";

    /// <summary>The bot chose not to answer.</summary>
    public const string Silent = "silent";

    /// <summary>A person stopped the answer.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The answer failed.</summary>
    public const string Error = "error";

    /// <summary>Nothing happened for 15 seconds.</summary>
    public const string Heartbeat = "heartbeat";

    /// <summary>The activation ended, whichever way.</summary>
    public const string Done = "done";
}
