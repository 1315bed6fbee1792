namespace Platform.Tests.Infrastructure;

/// <summary>What <see cref="ModelServer"/> answers to one request.</summary>
public sealed record ModelReply
{
    /// <summary>The answer; streamed, each element is one event. Empty: a stream without any token.</summary>
    public IReadOnlyList<string> Chunks { get; init; } = [];

    /// <summary>Waited before anything of the answer's body; response headers of a stream go out at once.</summary>
    public TimeSpan FirstTokenDelay { get; init; }

    /// <summary>Waited before each further chunk.</summary>
    public TimeSpan ChunkDelay { get; init; }

    /// <summary>Where the answer waits for the test, before the chunk of number <see cref="GateAt"/>; null: nowhere.</summary>
    public ModelGate? Gate { get; init; }

    /// <summary>The number of chunks that pass before the gate.</summary>
    public int GateAt { get; init; }

    /// <summary>One gate before each chunk after the first, for a test that looks at every step of a stream; empty: none.</summary>
    public IReadOnlyList<ModelGate> Steps { get; init; } = [];

    public ModelEnding Ending { get; init; }

    public string FinishReason { get; init; } = "stop";

    public ModelUsage Usage { get; init; } = new(12, 7);

    /// <summary>The HTTP status; from 400 on, the answer is <see cref="ErrorMessage"/> in OpenAI's error form.</summary>
    public int Status { get; init; } = 200;

    public string ErrorMessage { get; init; } = "";

    public string ErrorType { get; init; } = "";

    public string? ErrorCode { get; init; }

    /// <summary>Sent as <c>Retry-After</c> in whole seconds; null: not sent.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A whole answer in the given chunks.</summary>
    public static ModelReply Answer(params IReadOnlyList<string> chunks) => new() { Chunks = chunks };

    /// <summary>An answer that waits at the gate after the first chunk.</summary>
    public static ModelReply Held(ModelGate gate, params IReadOnlyList<string> chunks) =>
        new() { Chunks = chunks, Gate = gate, GateAt = 1 };

    /// <summary>A streamed answer that waits before each chunk after the first for its gate.</summary>
    public static ModelReply Stepped(IReadOnlyList<ModelGate> gates, params IReadOnlyList<string> chunks) =>
        new() { Chunks = chunks, Steps = gates };

    /// <summary>Sends the chunks, then nothing until the client leaves; without chunks the first token never comes.</summary>
    public static ModelReply Hang(params IReadOnlyList<string> chunks) => new() { Chunks = chunks, Ending = ModelEnding.Hang };

    /// <summary>Sends the chunks, then closes the connection.</summary>
    public static ModelReply Cut(params IReadOnlyList<string> chunks) => new() { Chunks = chunks, Ending = ModelEnding.Cut };

    /// <summary>Sends the chunks, then a line that is not JSON.</summary>
    public static ModelReply Malformed(params IReadOnlyList<string> chunks) =>
        new() { Chunks = chunks, Ending = ModelEnding.Malformed };

    /// <summary>500, as a provider in trouble answers.</summary>
    public static ModelReply ServerError() => Error(500, "The server had an error while processing your request.", "server_error");

    /// <summary>429 with the time to wait.</summary>
    public static ModelReply RateLimited(TimeSpan retryAfter) =>
        Error(429, "Rate limit reached for requests.", "requests", "rate_limit_exceeded") with { RetryAfter = retryAfter };

    /// <summary>401, as for a wrong key.</summary>
    public static ModelReply Unauthorized() =>
        Error(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key");

    /// <summary>400, as for a request that is too long.</summary>
    public static ModelReply BadRequest() =>
        Error(400, "This model's maximum context length is 8192 tokens.", "invalid_request_error", "context_length_exceeded");

    public static ModelReply Error(int status, string message, string type, string? code = null) =>
        new() { Status = status, ErrorMessage = message, ErrorType = type, ErrorCode = code };
}
