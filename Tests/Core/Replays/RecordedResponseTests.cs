using System.Text;
using Microsoft.Extensions.AI;
using Platform.Core.Models.Calls;
using Platform.Core.Replays;

namespace Platform.Tests.Core.Replays;

public sealed class RecordedResponseTests
{
    private const string AnthropicStream =
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"m","usage":{"input_tokens":12,"cache_read_input_tokens":3,"output_tokens":1}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Grüße"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":" 🚂"}}

        """;

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"Grüße\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\" 🚂\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":5}}\n\ndata: [DONE]\n\n", "Stop")]
    [InlineData("""{"choices":[{"message":{"content":"Grüße 🚂"},"finish_reason":"length"}],"usage":{"prompt_tokens":12,"completion_tokens":5}}""", "length")]
    [InlineData("""{"type":"message","content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"Grüße 🚂"}],"stop_reason":"end_turn","usage":{"input_tokens":12,"output_tokens":5}}""", "end_turn")]
    [InlineData("""{"content":[{"type":"text","text":"Grüße 🚂"}],"stopReason":"stop_sequence","usage":{"inputTokens":12,"outputTokens":5}}""", "stop_sequence")]
    [InlineData(AnthropicStream + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":5}}\n", "tool_use")]
    public async Task Client_OfEachKind_SaysWhatWasSaid(string response, string reason)
    {
        var answer = await AnswerAsync(response);

        Assert.Equal("Grüße 🚂", answer.Text);
        Assert.Equal(reason, answer.FinishReason?.Value, StringComparer.OrdinalIgnoreCase);
        Assert.Equal((12, 5), (answer.Usage?.InputTokenCount, answer.Usage?.OutputTokenCount));
    }

    [Theory]
    [InlineData(AnthropicStream)]
    [InlineData("""{"type":"message","content":[{"type":"text","text":"Grü"}],"stop_reason":null}""")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"Grü\"}}]}\n\n")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"con\n[truncated: the first 28 of 90 bytes are kept]")]
    public async Task Client_ResponseWithoutAnEnd_IsABrokenStream(string response)
    {
        var exception = await Assert.ThrowsAsync<ModelCallException>(() => AnswerAsync(response));

        Assert.Equal("stream_broken", exception.Error.Code);
    }

    [Fact]
    public async Task Client_RecordedError_FailsAsTheCallDid()
    {
        var exception = await Assert.ThrowsAsync<ModelCallException>(() => AnswerAsync("""{"error":{"message":"Overloaded, come back.","type":"overloaded_error"}}"""));

        Assert.Contains("Overloaded, come back.", exception.Error.Message, StringComparison.Ordinal);
    }

    private static async Task<ChatResponse> AnswerAsync(string response)
    {
        using var client = RecordedResponse.Client(Encoding.UTF8.GetBytes(response), isCompletion: false, TimeProvider.System);
        return await client.GetResponseAsync([new ChatMessage(ChatRole.User, "Hello?")], new ChatOptions(), TestContext.Current.CancellationToken);
    }
}
