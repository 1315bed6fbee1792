using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;

namespace Platform.Tests.Infrastructure.SelfTests;

/// <summary>The model server seen through the official SDK: what it accepts here, a provider's answer looks like.</summary>
public sealed class ModelServerTests : IAsyncLifetime
{
    private static readonly ChatMessage[] Question = [new UserChatMessage("Hi?")];

    private ModelServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ModelServer.StartAsync(Cancellation);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Chat_Whole_GivesTextUsageAndFinishReason()
    {
        _server.Enqueue(ModelReply.Answer("Good ", "day") with { Usage = new ModelUsage(20, 5, Cached: 16, Reasoning: 2), FinishReason = "length" });

        var completion = (await Client().CompleteChatAsync(Question, cancellationToken: Cancellation)).Value;

        Assert.Equal("Good day", completion.Content[0].Text);
        Assert.Equal(ChatFinishReason.Length, completion.FinishReason);
        Assert.Equal((20, 5), (completion.Usage.InputTokenCount, completion.Usage.OutputTokenCount));
        Assert.Equal((16, 2), (completion.Usage.InputTokenDetails.CachedTokenCount, completion.Usage.OutputTokenDetails.ReasoningTokenCount));
    }

    [Fact]
    public async Task Chat_Streamed_GivesChunksThenUsage()
    {
        _server.Enqueue(ModelReply.Answer("a", "b", "c") with { Usage = new ModelUsage(3, 3) });

        List<StreamingChatCompletionUpdate> updates = [];
        await foreach (var update in Client().CompleteChatStreamingAsync(Question, cancellationToken: Cancellation))
        {
            updates.Add(update);
        }

        Assert.Equal(["", "a", "b", "c"], updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text));
        Assert.Equal(ChatFinishReason.Stop, updates.Single(update => update.FinishReason is not null).FinishReason);
        Assert.Equal(6, updates[^1].Usage.TotalTokenCount);
    }

    [Fact]
    public async Task Chat_Held_StandsAtTheGate()
    {
        var gate = new ModelGate();
        _server.Enqueue(ModelReply.Held(gate, "first", "second"));

        var seen = "";
        await foreach (var update in Client().CompleteChatStreamingAsync(Question, cancellationToken: Cancellation))
        {
            seen += string.Concat(update.ContentUpdate.Select(part => part.Text));
            if (seen == "first")
            {
                await gate.Reached.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
                gate.Open();
            }
        }

        Assert.Equal("firstsecond", seen);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Chat_Error_ArrivesWithStatusAndMessage(int status)
    {
        _server.Enqueue(status switch
        {
            400 => ModelReply.BadRequest(),
            401 => ModelReply.Unauthorized(),
            429 => ModelReply.RateLimited(TimeSpan.FromSeconds(3)),
            _ => ModelReply.ServerError(),
        });

        var error = await Assert.ThrowsAsync<ClientResultException>(() => Client().CompleteChatAsync(Question, cancellationToken: Cancellation));

        Assert.Equal(status, error.Status);
        Assert.Equal(status == 429, error.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var seconds) && seconds == "3");
    }

    [Fact]
    public async Task Chat_Cut_ThrowsAfterTheChunks()
    {
        _server.Enqueue(ModelReply.Cut("half"));

        var seen = "";
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await foreach (var update in Client().CompleteChatStreamingAsync(Question, cancellationToken: Cancellation))
            {
                seen += string.Concat(update.ContentUpdate.Select(part => part.Text));
            }
        });

        Assert.Equal("half", seen);
    }

    [Fact]
    public async Task Chat_Malformed_ThrowsJsonException()
    {
        _server.Enqueue(ModelReply.Malformed("half"));

        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(async () =>
        {
            await foreach (var _ in Client().CompleteChatStreamingAsync(Question, cancellationToken: Cancellation))
            {
            }
        });
    }

    [Fact]
    public async Task Chat_HangsAndClientLeaves_IsNoted()
    {
        _server.Enqueue(ModelReply.Hang("half"));
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in Client().CompleteChatStreamingAsync(Question, cancellationToken: leaving.Token))
            {
                await (update.ContentUpdate.Any(part => part.Text == "half") ? leaving.CancelAsync() : Task.CompletedTask);
            }
        });

        await _server.Requests[0].ClientLeft.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task Requests_AfterACall_HoldBodyButNoKey()
    {
        await Client().CompleteChatAsync(Question, cancellationToken: Cancellation);

        var request = Assert.Single(_server.Requests);
        Assert.Equal(("/v1/chat/completions", "test-model", true), (request.Path, request.Model, request.HasKey));
        Assert.Equal("Hi?", request.Json.GetProperty("messages")[0].GetProperty("content").GetString());
        Assert.DoesNotContain(request.Headers.Values, value => value.Contains(_server.ApiKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Completions_Streamed_GivesTextChunks()
    {
        _server.Enqueue(ModelReply.Answer("one", "two"));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_server.BaseAddress}/completions")
        {
            Content = new StringContent("""{"model":"base","prompt":"Once","stream":true}"""),
            Headers = { { "Authorization", $"Bearer {_server.ApiKey}" } },
        };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        List<string> data = [];
        await foreach (var record in SseReader.ReadAsync(response, Cancellation))
        {
            data.Add(record.Data);
        }

        Assert.Equal("[DONE]", data[^1]);
        Assert.Equal("onetwo", string.Concat(data[..^1].Select(json => System.Text.Json.Nodes.JsonNode.Parse(json)!["choices"]![0]!["text"])));
    }

    [Fact]
    public async Task Models_Asked_ListsThem()
    {
        _server.Models = ["small", "large"];
        var client = new OpenAIClient(new ApiKeyCredential(_server.ApiKey), Options());

        var models = (await client.GetOpenAIModelClient().GetModelsAsync(Cancellation)).Value;

        Assert.Equal(["small", "large"], models.Select(model => model.Id));
    }

    [Fact]
    public async Task Chat_WrongKey_IsRefused()
    {
        var client = new ChatClient("test-model", new ApiKeyCredential("sk-wrong"), Options());

        var error = await Assert.ThrowsAsync<ClientResultException>(() => client.CompleteChatAsync(Question, cancellationToken: Cancellation));

        Assert.Equal(401, error.Status);
    }

    private ChatClient Client() => new("test-model", new ApiKeyCredential(_server.ApiKey), Options());

    private OpenAIClientOptions Options() => new() { Endpoint = _server.BaseAddress, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
}
