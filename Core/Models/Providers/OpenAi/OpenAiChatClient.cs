using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Platform.Contracts.Traces;
using Platform.Core.Models.Calls;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Platform.Core.Models.Providers.OpenAi;

/// <summary>
/// Any OpenAI-compatible server through OpenAI's own client. It uses that client's protocol methods, JSON in and stream out, because the
/// typed ones refuse finish reasons they do not know and drop the fields that other servers add. Nothing is retried and nothing but the
/// caller's token ends a call.
/// </summary>
internal sealed class OpenAiChatClient : IChatClient
{
    private const int MaxErrorBytes = 256 * 1024;

    private readonly ModelProvider _provider;
    private readonly ChatClient _client;
    private readonly bool _isCompletion;
    private readonly BodyCapture _bodies;
    private readonly OpenAiFailure _failure;

    /// <param name="provider">Address and key.</param>
    /// <param name="model">The model's name there.</param>
    /// <param name="isCompletion">True for <c>/completions</c>, which takes a prompt instead of messages.</param>
    /// <param name="bodies">Receives what goes over the wire.</param>
    /// <param name="http">Shared; without retries, redirects and timeout.</param>
    /// <param name="time">For waits that a server asks for as a date.</param>
    public OpenAiChatClient(ModelProvider provider, string model, bool isCompletion, BodyCapture bodies, HttpClient http, TimeProvider time)
    {
        _provider = provider;
        _isCompletion = isCompletion;
        _bodies = bodies;
        _failure = new OpenAiFailure(provider, time);
        var options = new OpenAIClientOptions
        {
            Endpoint = provider.ApiBase,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(http),
        };
        if (!provider.HasKey)
        {
            options.AddPolicy(new NoKeyPolicy(), PipelinePosition.BeforeTransport);
        }

        _client = new ChatClient(model, new ApiKeyCredential(provider.HasKey ? provider.ApiKey : "none"), options);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options ??= new ChatOptions();
        var body = options.RawRepresentationFactory?.Invoke(this) is JsonObject whole
            ? OpenAiRequest.Address(whole, options, _provider)
            : OpenAiRequest.Write(messages, options, _provider, _isCompletion);
        _bodies.Add(BodyKind.Request, body);
        using var response = await SendAsync(body, cancellationToken);
        await using var stream = Capture(response);
        if (response.Status is < 200 or >= 300)
        {
            throw _failure.FromStatus(response, await ReadErrorAsync(stream, cancellationToken));
        }

        // What the server says it sends is often wrong; the first bytes tell.
        var events = new ServerEvents(stream);
        var progress = new Progress();
        while (await ReadAsync(() => events.NextAsync(cancellationToken)) is { } one)
        {
            if (one.Data == ServerEvents.Done)
            {
                // Some servers give no finish reason. One that sent a message instead tells why the answer ended early.
                progress.IsFinished |= progress.HasAnswer && !progress.HasMessage;
                break;
            }

            foreach (var (update, error) in Read(one, progress))
            {
                if (update is not null)
                {
                    yield return update;
                }

                if (error is not null)
                {
                    throw error;
                }
            }
        }

        if (progress.Failure is { } failure)
        {
            throw failure;
        }

        if (!progress.IsFinished)
        {
            throw _failure.Unfinished(progress.HasAnswer, progress.Remark ?? events.Stray);
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The connections belong to the factory.
    }

    private async Task<PipelineResponse> SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        var options = new RequestOptions
        {
            BufferResponse = false,
            ErrorOptions = ClientErrorBehaviors.NoThrow,
            CancellationToken = cancellationToken,
        };
        using var content = BinaryContent.Create(BinaryData.FromBytes(body));
        try
        {
            return _isCompletion
                ? await CompleteAsync(content, options)
                : (await _client.CompleteChatAsync(content, options)).GetRawResponse();
        }
        catch (Exception exception) when (exception is ClientResultException or HttpRequestException or IOException)
        {
            throw _failure.Unreachable(exception.InnerException is HttpRequestException cause ? cause : exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw _failure.Unreachable(exception);
        }
    }

    // OpenAI's client no longer has a method for the older endpoint, but its pipeline carries it as well.
    private async Task<PipelineResponse> CompleteAsync(BinaryContent content, RequestOptions options)
    {
        using var message = _client.Pipeline.CreateMessage(new Uri($"{_provider.ApiBase}/completions"), "POST", PipelineMessageClassifier.Default);
        message.Request.Headers.Set("Content-Type", "application/json");
        message.Request.Headers.Set("Accept", "text/event-stream, application/json");
        message.Request.Content = content;
        message.Apply(options);
        await _client.Pipeline.SendAsync(message);
        return message.ExtractResponse() ?? throw new IOException("The pipeline returned no response.");
    }

    /// <summary>Reads the body of an error, as far as it is worth reading.</summary>
    private Task<string> ReadErrorAsync(Stream stream, CancellationToken cancellationToken) => ReadAsync(async () =>
    {
        var body = new byte[MaxErrorBytes];
        return Encoding.UTF8.GetString(body, 0, await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken));
    });

    private async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (InvalidDataException exception)
        {
            throw _failure.Broken(exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw _failure.Broken("the connection was lost", exception);
        }
    }

    /// <summary>Reads an event. What it adds to the answer comes before the error that it may report.</summary>
    private IReadOnlyList<(ChatResponseUpdate? Update, ModelCallException? Error)> Read(ServerEvent one, Progress progress)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(one.Data);
        }
        catch (JsonException exception)
        {
            return one.Name == ServerEvents.Error ? [(null, _failure.FromText(one.Data))]
                : one.Data.StartsWith('{') ? [(null, _failure.Broken("it contained an event that is not JSON", exception))]
                : ReadText(one, progress);
        }

        using (json)
        {
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Object => [ReadChunk(json.RootElement, one.Name, progress)],
                JsonValueKind.Array => [.. json.RootElement.EnumerateArray().Select(chunk => ReadChunk(chunk, one.Name, progress))],
                _ => ReadText(one, progress),
            };
        }
    }

    /// <summary>Keeps what is read of a response. A compressed one, for which nobody asked, may hold the key where nothing finds it.</summary>
    private Stream Capture(PipelineResponse response)
    {
        _bodies.Begin(BodyKind.Response);
        var content = response.ContentStream ?? Stream.Null;
        if (response.Headers.TryGetValue("Content-Encoding", out var encoding) && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
        {
            _bodies.Append("[not kept: the provider compressed its answer unasked]"u8);
            return content;
        }

        return new CapturingStream(content, _bodies);
    }

    /// <summary>Text that is not JSON keeps a stream alive, unless it speaks of an error.</summary>
    private IReadOnlyList<(ChatResponseUpdate? Update, ModelCallException? Error)> ReadText(ServerEvent one, Progress progress)
    {
        if (one.Name == ServerEvents.Error || one.Data.Contains("error", StringComparison.OrdinalIgnoreCase))
        {
            return [(null, _failure.FromText(one.Data))];
        }

        progress.Remark = one.Data;
        return [];
    }

    private (ChatResponseUpdate? Update, ModelCallException? Error) ReadChunk(JsonElement chunk, string? name, Progress progress)
    {
        try
        {
            var update = OpenAiChunk.Read(chunk);
            if (OpenAiChunk.TryGetError(chunk, out var error) || name == ServerEvents.Error)
            {
                return (update, _failure.FromEvent(error));
            }

            if (update.FinishReason is { } reason && OpenAiFinish.IsFailure(reason))
            {
                // The error itself may follow.
                progress.Failure = _failure.FromFinish(reason.Value);
                update.FinishReason = null;
            }

            progress.IsFinished |= update.FinishReason is not null || OpenAiChunk.IsWhole(chunk);
            progress.HasAnswer |= OpenAiChunk.HasChoice(chunk);
            if (!OpenAiChunk.HasChoice(chunk) && update.Contents.Count == 0 && ServerMessage.Of(chunk) is { } said)
            {
                progress.Remark = said;
                progress.HasMessage |= ServerMessage.Has(chunk, "message", out _);
            }

            return (update, null);
        }
        catch (InvalidOperationException exception)
        {
            // A name or a text that cannot be read.
            return (null, _failure.Broken("it contained an event that is not JSON", exception));
        }
    }

    /// <summary>What a response has brought so far.</summary>
    private sealed class Progress
    {
        /// <summary>Whether the server said why the answer ends.</summary>
        public bool IsFinished { get; set; }

        /// <summary>Whether there was any part of an answer.</summary>
        public bool HasAnswer { get; set; }

        /// <summary>Set when the server gave an error as the reason why the answer ends.</summary>
        public ModelCallException? Failure { get; set; }

        /// <summary>What the server last said that is no part of an answer.</summary>
        public string? Remark { get; set; }

        /// <summary>Whether it sent a message of its own beside the answer, as servers do that name an error in no other way.</summary>
        public bool HasMessage { get; set; }
    }
}
