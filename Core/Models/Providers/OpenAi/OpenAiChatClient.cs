using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
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
    private const string Done = "[DONE]";

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
        _bodies.Begin(BodyKind.Response);
        await using var stream = new CapturingStream(response.ContentStream ?? Stream.Null, _bodies);
        if (response.Status is < 200 or >= 300)
        {
            throw _failure.FromStatus(response, await ReadAllAsync(stream, cancellationToken));
        }

        var isStream = !response.Headers.TryGetValue("Content-Type", out var type) || type?.Contains("json", StringComparison.OrdinalIgnoreCase) is not true;
        var events = isStream ? ReadEventsAsync(stream, cancellationToken) : ReadWholeAsync(stream, cancellationToken);
        var isFinished = false;
        await foreach (var data in events.WithCancellation(cancellationToken))
        {
            if (data == Done)
            {
                yield break;
            }

            var update = Parse(data);
            isFinished |= update.FinishReason is not null;
            yield return update;
        }

        if (!isFinished)
        {
            throw _failure.Broken("it ended without a finish reason");
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

    private async IAsyncEnumerable<string> ReadEventsAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var events = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await ReadAsync(() => events.MoveNextAsync().AsTask()))
        {
            yield return events.Current.Data;
        }
    }

    private async IAsyncEnumerable<string> ReadWholeAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await ReadAllAsync(stream, cancellationToken);
    }

    private Task<string> ReadAllAsync(Stream stream, CancellationToken cancellationToken) => ReadAsync(async () =>
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(cancellationToken);
    });

    private async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw _failure.Broken("the connection was lost", exception);
        }
    }

    private ChatResponseUpdate Parse(string data)
    {
        try
        {
            using var json = OpenAiChunk.Parse(data);
            if (json.RootElement.ValueKind is not JsonValueKind.Object)
            {
                throw _failure.Broken("it held an event that is not an object");
            }

            return json.RootElement.TryGetProperty("error", out var error) && error.ValueKind is not JsonValueKind.Null
                ? throw _failure.FromEvent(error)
                : OpenAiChunk.Read(json.RootElement);
        }
        catch (JsonException exception)
        {
            throw _failure.Broken("it held an event that is not JSON", exception);
        }
    }
}
