using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.Contracts.Traces;
using Platform.Core.Models.Calls;

namespace Platform.Tests.Core.Models;

public sealed class ModelPipelineFailureTests(LocalPostgres postgres) : IAsyncLifetime
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

    [Theory]
    [InlineData(500, "model_error")]
    [InlineData(503, "model_error")]
    [InlineData(429, "rate_limited")]
    [InlineData(400, "model_rejected")]
    [InlineData(404, "model_rejected")]
    public async Task StreamAsync_ErrorStatus_CallsOnceAndSaysWhatTheProviderSaid(int status, string code)
    {
        _server.Enqueue(ModelReply.Error(status, "The dog ate it.", "some_type"));

        var (result, pieces) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Equal((code, status), (result.Error?.Code, result.Error?.StatusCode));
        Assert.Contains("The dog ate it.", result.Error?.Message, StringComparison.Ordinal);
        Assert.Contains("The dog ate it.", result.Body(BodyKind.Response), StringComparison.Ordinal);
        Assert.Empty(pieces);
        Assert.Null(result.StopReason);
        Assert.Single(_server.Requests);
        Assert.Equal(0, (await _models.Ceiling.ReadAsync(TestContext.Current.CancellationToken)).Used);
    }

    [Fact]
    public async Task StreamAsync_RateLimited_PassesTheWaitOn()
    {
        _server.Enqueue(ModelReply.RateLimited(TimeSpan.FromSeconds(17)));

        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Equal(TimeSpan.FromSeconds(17), result.Error?.RetryAfter);
    }

    [Fact]
    public async Task StreamAsync_ProviderEchoesTheKey_ShowsItNowhere()
    {
        _server.Enqueue(
            ModelReply.Error(401, $"Incorrect API key provided: {_server.ApiKey}. And sk-other-1234567890abcdef.", "invalid_request_error"),
            ModelReply.Answer("your key is ", _server.ApiKey));

        var (refused, _) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));
        var (answered, _) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Equal("model_rejected", refused.Error?.Code);
        Assert.Contains("Incorrect API key provided: ***", refused.Error?.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1234567890abcdef", refused.Error?.Message, StringComparison.Ordinal);
        string[] seen = [.. refused.Bodies.Concat(answered.Bodies).Select(body => System.Text.Encoding.UTF8.GetString(body.Bytes.Span)), refused.ToString(), _models.Log];
        Assert.All(seen, text => Assert.DoesNotContain(_server.ApiKey, text, StringComparison.Ordinal));
    }

    public static TheoryData<string> EchoedForms => new("plain", "escaped", "percent", "base64", "header");

    [Theory]
    [MemberData(nameof(EchoedForms))]
    public async Task StreamAsync_ProviderEchoesTheKeyInAnyForm_ShowsItNowhere(string form)
    {
        var echo = Echo(form, _server.ApiKey);
        _server.Enqueue(
            ModelReply.Error(401, $"Wrong key: {echo}.", "invalid_request_error"),
            ModelReply.Answer("your key is ", echo, "."),
            ModelReply.Answer([.. echo.Chunk(5).Select(piece => new string(piece))]),
            ModelReply.Answer("Hi.") with { FinishReason = echo });

        var (refused, _) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));
        var (answered, pieces) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));
        var (inPieces, small) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));
        var (inReason, _) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Contains("Wrong key: ", refused.Error?.Message, StringComparison.Ordinal);
        Assert.Contains("***", refused.Error?.Message, StringComparison.Ordinal);
        Assert.Contains("***", answered.Text, StringComparison.Ordinal);
        Assert.Contains("***", inPieces.Text, StringComparison.Ordinal);
        Assert.StartsWith("[not kept", inPieces.Body(BodyKind.Response), StringComparison.Ordinal);
        Assert.Contains("***", inReason.StopReason, StringComparison.Ordinal);
        string[] seen =
        [
            .. refused.Bodies.Concat(answered.Bodies).Concat(inPieces.Bodies).Concat(inReason.Bodies).Select(body => Encoding.UTF8.GetString(body.Bytes.Span)),
            refused.ToString(), answered.ToString(), inPieces.ToString(), inReason.ToString(), string.Concat(pieces), string.Concat(small), _models.Log,
        ];
        Assert.All(seen, text => Assert.All(
            EchoedForms.Select(one => Echo(one.Data, _server.ApiKey)), spelling => Assert.DoesNotContain(spelling, text, StringComparison.OrdinalIgnoreCase)));

        static string Echo(string form, string key) => form switch
        {
            "escaped" => string.Concat(key.Select(unit => $"\\u{(int)unit:x4}")),
            "percent" => string.Concat(key.Select(unit => $"%{(int)unit:X2}")),
            "base64" => Convert.ToBase64String(Encoding.ASCII.GetBytes(key)),
            "header" => Convert.ToBase64String(Encoding.ASCII.GetBytes($"Bearer {key}")),
            _ => key,
        };
    }

    [Fact]
    public async Task StreamAsync_NoFirstToken_TimesOut()
    {
        _server.Enqueue(ModelReply.Hang());

        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Equal("model_timeout", result.Error?.Code);
        Assert.Contains("no text within 1 s", result.Error?.Message, StringComparison.Ordinal);
        Assert.InRange(result.Duration, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
        Assert.InRange((await _models.Ceiling.ReadAsync(TestContext.Current.CancellationToken)).Used, 1, 199);
    }

    [Fact]
    public async Task StreamAsync_SilenceInMidAnswer_TimesOutAndKeepsTheText()
    {
        _server.Enqueue(ModelReply.Hang("Once", " upon"));

        var (result, pieces) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Equal("model_timeout", result.Error?.Code);
        Assert.Contains("Models:SilenceTimeout", result.Error?.Message, StringComparison.Ordinal);
        Assert.Equal("Once upon", result.Text);
        Assert.Equal(["Once", " upon"], pieces);
        await Eventually.TrueAsync(() => _server.Requests[0].ClientLeft.IsCompleted, TimeSpan.FromSeconds(20), "the client closes the connection");
    }

    [Fact]
    public async Task StreamAsync_LongButLivelyAnswer_OutlastsTheSilenceTimeout()
    {
        _server.Enqueue(ModelReply.Answer("a", "b", "c", "d", "e", "f") with { ChunkDelay = TimeSpan.FromMilliseconds(250) });

        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Null(result.Error);
        Assert.Equal("abcdef", result.Text);
    }

    [Fact]
    public async Task StreamAsync_TotalTimeout_EndsEvenALivelyAnswer()
    {
        await using var models = ModelsHost.Serving(_server.BaseAddress, _server.ApiKey, _database, ("Models:TotalTimeout", "1"));
        _server.Enqueue(ModelReply.Answer([.. Enumerable.Repeat("word ", 100)]) with { ChunkDelay = TimeSpan.FromMilliseconds(100) });

        var (result, _) = await models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Equal("model_timeout", result.Error?.Code);
        Assert.Contains("Models:TotalTimeout", result.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_ConnectionReset_IsABrokenStreamWithItsText()
    {
        _server.Enqueue(ModelReply.Cut("Once", " upon"));

        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Equal("stream_broken", result.Error?.Code);
        Assert.Null(result.StopReason);
        Assert.StartsWith("Once", result.Text, StringComparison.Ordinal);
        Assert.InRange((await _models.Ceiling.ReadAsync(TestContext.Current.CancellationToken)).Used, 1, 199);
    }

    [Fact]
    public async Task StreamAsync_MalformedEvent_IsABrokenStream()
    {
        _server.Enqueue(ModelReply.Malformed("Once"));

        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Equal("stream_broken", result.Error?.Code);
        Assert.Equal("Once", result.Text);
    }

    [Fact]
    public async Task StreamAsync_NobodyListens_IsUnreachableAndCostsNothing()
    {
        await using var models = ModelsHost.Serving(new Uri($"http://127.0.0.1:{UnusedPort()}/v1"), null, _database);

        var (result, _) = await models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));

        Assert.Equal("model_unreachable", result.Error?.Code);
        Assert.Contains("local at http://127.0.0.1", result.Error?.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await models.Ceiling.ReadAsync(TestContext.Current.CancellationToken)).Used);
    }

    [Fact]
    public async Task StreamAsync_CallerCancels_LeavesTheProviderAndKeepsWhatCame()
    {
        var gate = new ModelGate();
        _server.Enqueue(ModelReply.Held(gate, "Once", " upon"));
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var call = _models.Pipeline.StreamAsync(Calls.Ask("test-model", "Hello?"), async (_, _) => await source.CancelAsync(), source.Token);

        var stopped = await Assert.ThrowsAsync<ModelCallCancelledException>(() => call);
        Assert.Equal(("Once", null, null), (stopped.Call.Text, stopped.Call.Error, stopped.Call.StopReason));
        Assert.Equal([BodyKind.Request, BodyKind.Response], stopped.Call.Bodies.Select(body => body.Kind));
        Assert.Contains("Hello?", Encoding.UTF8.GetString(stopped.Call.Bodies[0].Bytes.Span), StringComparison.Ordinal);
        Assert.Contains("Once", Encoding.UTF8.GetString(stopped.Call.Bodies[1].Bytes.Span), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => _server.Requests[0].ClientLeft.IsCompleted, TimeSpan.FromSeconds(20), "the client closes the connection");
        Assert.InRange((await _models.Ceiling.ReadAsync(TestContext.Current.CancellationToken)).Used, 1, 199);
    }

    [Fact]
    public async Task StreamAsync_ReceiverFails_PassesItsExceptionOn()
    {
        var call = _models.Pipeline.StreamAsync(
            Calls.Ask("test-model", "Hello?"), (_, _) => throw new IOException("mine"), TestContext.Current.CancellationToken);

        Assert.Equal("mine", (await Assert.ThrowsAsync<IOException>(() => call)).Message);
    }

    [Fact]
    public async Task StreamAsync_NoProviderInProduction_NamesTheSettings()
    {
        await using var models = ModelsHost.Create("Production");

        var (result, _) = await models.Pipeline.RunAsync(Calls.Ask("gpt-4o-mini", "Hello?"));

        Assert.Equal("no_provider", result.Error?.Code);
        Assert.Contains("OPENAI_API_KEY", result.Error?.Message, StringComparison.Ordinal);
        Assert.Equal((null, false), (result.Provider, result.Rehearsal));
        Assert.Null(models.Pipeline.Resolve("gpt-4o-mini"));
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
