using System.Text;
using Platform.Contracts.Traces;

namespace Platform.Tests.Core.Models;

public sealed class WireTests(LocalPostgres postgres) : IAsyncLifetime
{
    private const string Chunk = """data: {"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}""";
    private const string Finish = """data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";

    private TestDatabase _database = null!; // Set before each test.

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Response_OddButValidStream_IsKeptByteForByte()
    {
        var body = $": KEEPALIVE\n\nevent: message\r\n{Chunk}\r\n\r\nid: 7\n{Finish}\n\ndata: [DONE]\n\n";

        var (result, _) = await AskAsync(body);

        Assert.Null(result.Error);
        Assert.Equal("Hello", result.Text);
        Assert.Equal(body, result.Body(BodyKind.Response));
    }

    [Fact]
    public async Task Response_EndsWithoutFinishReason_IsABrokenStream()
    {
        var (result, _) = await AskAsync($"{Chunk}\n\n");

        Assert.Equal(("stream_broken", "Hello"), (result.Error?.Code, result.Text));
    }

    [Fact]
    public async Task Response_FinishReasonWithoutDone_IsWhole()
    {
        var (result, _) = await AskAsync($"{Chunk}\n\n{Finish}\n\n");

        Assert.Equal((null, "Hello", "end_turn"), (result.Error, result.Text, result.StopReason));
    }

    [Fact]
    public async Task Response_ErrorInsideTheStream_IsTheProvidersError()
    {
        var (result, _) = await AskAsync(Chunk + "\n\ndata: {\"error\":{\"code\":429,\"message\":\"Upstream is busy\"},\"choices\":[]}\n\n");

        Assert.Equal(("rate_limited", 429), (result.Error?.Code, result.Error?.StatusCode));
        Assert.Contains("Upstream is busy", result.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_ErrorWithCharactersThatCannotBeStored_IsMadeStorable()
    {
        var message = "bad\\u0000thing \\ud800 " + new string('x', 485) + string.Concat(Enumerable.Repeat("\U0001F600", 20));

        var (result, _) = await AskAsync($"{Chunk}\n\ndata: {{\"error\":{{\"message\":\"{message}\"}}}}\n\n");

        Assert.Equal("model_error", result.Error?.Code);
        Assert.Contains("bad thing \uFFFD x", result.Error?.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', result.Error!.Message);
        Assert.NotEmpty(new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(result.Error.Message));
    }

    [Fact]
    public async Task Response_HalfASurrogatePair_BecomesAReplacementCharacter()
    {
        var (result, _) = await AskAsync($"{Chunk}\n\ndata: {{\"choices\":[{{\"delta\":{{\"content\":\"\\ud83d!\"}}}}]}}\n\n{Finish}\n\n");

        Assert.Equal((null, "Hello\uFFFD!"), (result.Error, result.Text));
    }

    [Fact]
    public async Task Response_JsonInsteadOfAStream_IsReadWhole()
    {
        var (result, pieces) = await AskAsync(
            """{"choices":[{"message":{"role":"assistant","content":"All at once"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}""",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json");

        Assert.Equal(["All at once"], pieces);
        Assert.Equal((3, 4), (result.TokensIn, result.TokensOut));
    }

    [Fact]
    public async Task Response_ReasoningComesFirst_IsNotPartOfTheText()
    {
        var (result, _) = await AskAsync("data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hmm\"}}]}\n\n" + $"{Chunk}\n\n{Finish}\n\n");

        Assert.Equal("Hello", result.Text);
    }

    [Fact]
    public async Task Response_NoHttp_IsUnreachable()
    {
        var (result, _) = await AskAsync("", "SSH-2.0-OpenSSH_9.2");

        Assert.Equal("model_unreachable", result.Error?.Code);
    }

    [Fact]
    public async Task Response_HtmlError_IsQuotedAsPlainText()
    {
        var (result, _) = await AskAsync("<html>nginx</html>", "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html");

        Assert.Equal("model_error", result.Error?.Code);
        Assert.Equal("local answered 502: nginx", result.Error?.Message);
        Assert.Equal("<html>nginx</html>", result.Body(BodyKind.Response));
    }

    [Fact]
    public async Task Response_Redirect_IsNotFollowed()
    {
        var (result, _) = await AskAsync("", "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:9/");

        Assert.Equal(("model_rejected", 307), (result.Error?.Code, result.Error?.StatusCode));
    }

    [Fact]
    public async Task Response_LargerThanKept_EndsInAMark()
    {
        var (result, _) = await AskAsync($": {new string('x', 5000)}\n\n{Chunk}\n\n{Finish}\n\n", null, ("Models:MaxBodyBytes", "1024"));

        Assert.Equal("Hello", result.Text);
        var kept = result.Body(BodyKind.Response);
        Assert.Matches(@"^: x{1022}\n\[truncated: the first 1024 of \d{4} bytes are kept\]$", kept);
    }

    [Fact]
    public async Task Request_ProviderWithoutKey_SendsNoCredential()
    {
        await using var server = RawServer.Start($"{Chunk}\n\n{Finish}\n\n");
        await using var models = ModelsHost.Serving(server.BaseAddress, null, _database);

        var (result, _) = await models.Pipeline.RunAsync(Calls.Ask("test-model", "Grüß Gott"));

        var request = await server.Request;
        Assert.DoesNotContain("authorization", request, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..], result.Body(BodyKind.Request));
    }

    private async Task<(Platform.Core.Models.Calls.ModelCallResult Result, IReadOnlyList<string> Pieces)> AskAsync(
        string body, string? head = null, params (string Key, string Value)[] settings)
    {
        await using var server = head is null ? RawServer.Start(body) : RawServer.Start(body, head);
        await using var models = ModelsHost.Serving(server.BaseAddress, "sk-raw-key-0123456789", _database, settings);
        var answer = await models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));
        Assert.DoesNotContain("sk-raw-key", string.Concat(answer.Result.Bodies.Select(kept => Encoding.UTF8.GetString(kept.Bytes.Span))), StringComparison.Ordinal);
        return answer;
    }
}
