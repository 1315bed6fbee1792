using Microsoft.Extensions.AI;
using Platform.Contracts.Traces;
using Platform.Core.Models;

namespace Platform.Tests.Core.Models;

public sealed class ModelPipelineTests(LocalPostgres postgres) : IAsyncLifetime
{
    private TestDatabase _database = null!; // Set before each test.
    private ModelServer _server = null!; // Set before each test.
    private ModelsHost _models = null!; // Set before each test.

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _server = await ModelServer.StartAsync(TestContext.Current.CancellationToken);
        _models = ModelsHost.Serving(_server.BaseAddress, _server.ApiKey, _database, ("Models:FirstTokenTimeout", "1"), ("Models:SilenceTimeout", "1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _models.DisposeAsync();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task StreamAsync_Answer_HandsOutWhatItReturns()
    {
        _server.Enqueue(ModelReply.Answer("Grüße", ", ", "Sam", " 🚂") with { Usage = new ModelUsage(40, 9, Cached: 32, Reasoning: 2) });

        var (result, pieces) = await _models.Pipeline.RunAsync(Calls.Ask("local/test-model", "Hello?"));

        Assert.Null(result.Error);
        Assert.Equal("Grüße, Sam 🚂", result.Text);
        Assert.Equal(["Grüße", ", ", "Sam", " 🚂"], pieces);
        Assert.Equal(("local", "test-model", false), (result.Provider, result.Model, result.Rehearsal));
        Assert.Equal((40, 9, 32, 2), (result.TokensIn, result.TokensOut, result.CacheReadTokens, result.ReasoningTokens));
        Assert.Equal("end_turn", result.StopReason);
        Assert.InRange(result.TimeToFirstToken ?? default, TimeSpan.FromTicks(1), result.Duration);
        Assert.Equal(49, (await _models.Ceiling.ReadAsync(TestContext.Current.CancellationToken)).Used);
    }

    [Fact]
    public async Task StreamAsync_Answer_KeepsTheBodiesOfTheWire()
    {
        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Equal(Assert.Single(_server.Requests).Body, result.Body(BodyKind.Request));
        Assert.StartsWith("data: {", result.Body(BodyKind.Response), StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", result.Body(BodyKind.Response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length", "max_tokens")]
    [InlineData("tool_calls", "tool_use")]
    [InlineData("content_filter", "refusal")]
    [InlineData("STOP", "end_turn")]
    [InlineData("model_length", "max_tokens")]
    [InlineData("sensitive", "refusal")]
    [InlineData("eos_of_a_new_kind", "eos_of_a_new_kind")]
    public async Task StreamAsync_FinishReason_BecomesOurWord(string theirs, string ours)
    {
        _server.Enqueue(ModelReply.Answer("x") with { FinishReason = theirs });

        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Equal(ours, result.StopReason);
    }

    [Fact]
    public async Task StreamAsync_ProviderParameters_ReachTheProviderAndWinOverOurs()
    {
        var request = Calls.Ask("test-model", "Hello?") with
        {
            Temperature = 0.5f,
            StopSequences = ["END"],
            ProviderParameters = new Dictionary<string, object?>
            {
                ["temperature"] = 0.9,
                ["repetition_penalty"] = 1.1,
                ["reasoning"] = new Dictionary<string, object?> { ["effort"] = "low" },
                ["extra_body"] = new Dictionary<string, object?> { ["transforms"] = new List<object?> { "middle-out" } },
                ["model"] = "another",
                ["stream"] = false,
            },
        };

        await _models.Pipeline.RunAsync(request);

        var sent = Assert.Single(_server.Requests).Json;
        Assert.Equal("test-model", sent.GetProperty("model").GetString());
        Assert.True(sent.GetProperty("stream").GetBoolean());
        Assert.Equal(0.9, sent.GetProperty("temperature").GetDouble());
        Assert.Equal(1.1, sent.GetProperty("repetition_penalty").GetDouble());
        Assert.Equal("low", sent.GetProperty("reasoning").GetProperty("effort").GetString());
        Assert.Equal("middle-out", sent.GetProperty("transforms")[0].GetString());
        Assert.Equal("END", sent.GetProperty("stop")[0].GetString());
        Assert.Equal(200, sent.GetProperty("max_tokens").GetInt32());
    }

    [Fact]
    public async Task StreamAsync_BaseModel_CompletesTheTranscriptAndEndsBeforeAnotherSpeaks()
    {
        _server.Enqueue(ModelReply.Answer(" I am", " here.\nSa", "m: and I", " too"));

        var (result, pieces) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Anyone?", ModelMode.BaseModel));

        var sent = Assert.Single(_server.Requests);
        Assert.Equal("/v1/completions", sent.Path);
        Assert.Equal("You are Ada.\n\nSam: Anyone?\nAda:", sent.Json.GetProperty("prompt").GetString());
        Assert.Equal("I am here.", result.Text);
        Assert.Equal("I am here.", string.Concat(pieces));
        Assert.Equal("stop_sequence", result.StopReason);
    }

    [Fact]
    public async Task StreamAsync_Prefill_PutsTheTranscriptIntoTheAssistantTurn()
    {
        await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Anyone?", ModelMode.Prefill));

        var messages = Assert.Single(_server.Requests).Json.GetProperty("messages");
        Assert.Equal(["system", "user", "assistant"], messages.EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal("Sam: Anyone?\nAda:", messages[2].GetProperty("content").GetString());
    }

    [Fact]
    public async Task StreamAsync_MessagesOfOneRoleInARow_AreJoined()
    {
        await _models.Pipeline.RunAsync(Calls.Ask("test-model", "") with
        {
            Messages =
            [
                new ChatMessage(ChatRole.Assistant, "Welcome."),
                new ChatMessage(ChatRole.User, "Prefix"),
                new ChatMessage(ChatRole.User, "One") { AuthorName = "Sam" },
                new ChatMessage(ChatRole.User, " "),
                new ChatMessage(ChatRole.Assistant, "Two"),
                new ChatMessage(ChatRole.Assistant, "Three"),
                new ChatMessage(ChatRole.User, "Four") { AuthorName = "Sam" },
            ],
        });

        var messages = Assert.Single(_server.Requests).Json.GetProperty("messages").EnumerateArray()
            .Select(message => (message.GetProperty("role").GetString(), message.GetProperty("content").GetString()));
        Assert.Equal(
            [
                ("system", "You are Ada."), ("user", "The conversation so far follows; continue it."), ("assistant", "Welcome."),
                ("user", "Prefix\n\nSam: One"), ("assistant", "Two\n\nThree"), ("user", "Sam: Four"),
            ],
            messages);
    }

    [Fact]
    public async Task StreamAsync_CeilingReached_CallsNobodyAndSaysWhatToSet()
    {
        await using var models = ModelsHost.Serving(_server.BaseAddress, _server.ApiKey, _database, ("DAILY_TOKEN_CEILING", "250"));

        var (first, _) = await models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));
        _server.Default = _ => ModelReply.Answer("x") with { Usage = new ModelUsage(100, 100) };
        await models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));
        var (stopped, _) = await models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));
        await models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Null(first.Error);
        Assert.Equal("token_ceiling", stopped.Error?.Code);
        Assert.Contains("219 of 250 tokens", stopped.Error?.Message, StringComparison.Ordinal);
        Assert.Contains("DAILY_TOKEN_CEILING", stopped.Error?.Message, StringComparison.Ordinal);
        Assert.InRange(stopped.Error?.RetryAfter ?? default, TimeSpan.Zero, TimeSpan.FromHours(24));
        Assert.Equal(2, _server.Requests.Count);
        Assert.Single(models.Log.Split('\n'), line => line.StartsWith("Warning: The daily token limit", StringComparison.Ordinal));
    }
}
