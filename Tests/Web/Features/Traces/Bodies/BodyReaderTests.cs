using Platform.Web.Features.Traces.Bodies;

namespace Platform.Tests.Web.Features.Traces.Bodies;

public sealed class BodyReaderTests
{
    [Fact]
    public void Read_AnthropicRequest_KeepsSystemBlocksToolsAndCacheMarks()
    {
        var body = BodyReader.Read("""
            {"model":"claude","max_tokens":10,"system":[{"type":"text","text":"Be kind.","cache_control":{"type":"ephemeral","ttl":"1h"}}],
             "messages":[{"role":"user","content":"hi"},
                {"role":"assistant","content":[{"type":"thinking","thinking":"hm"},{"type":"tool_use","id":"t","name":"look","input":{"at":"sea"}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"waves"}]}]}],
             "tools":[{"name":"look","description":"Looks.","input_schema":{"type":"object"}}]}
            """);

        Assert.NotNull(body);
        Assert.Equal(["system", "user", "assistant", "user"], body.Messages.Select(message => message.Role));
        Assert.Equal(new BodyBlock("text", "Be kind.", Cache: "ephemeral 1h"), body.Messages[0].Blocks[0]);
        Assert.Equal(["thinking", "tool_use"], body.Messages[2].Blocks.Select(block => block.Kind));
        Assert.Equal("look", body.Messages[2].Blocks[1].Name);
        Assert.Equal(new BodyBlock("tool_result", "waves", "t"), body.Messages[3].Blocks[0]);
        Assert.Equal("Looks.", Assert.Single(body.Tools).Description);
        Assert.Contains(("max_tokens", "10"), body.Settings);
    }

    [Fact]
    public void Read_OpenAiAnswer_KeepsThinkingAndToolCalls()
    {
        var body = BodyReader.Read("""
            {"id":"c","choices":[{"index":0,"message":{"role":"assistant","reasoning_content":"hm","content":"Well.",
              "tool_calls":[{"id":"t","type":"function","function":{"name":"look","arguments":"{\"at\":\"sea\"}"}}]},"finish_reason":"tool_calls"}],"usage":{"total_tokens":3}}
            """);

        Assert.NotNull(body);
        var message = Assert.Single(body.Messages);
        Assert.Equal(["thinking", "text", "tool_use"], message.Blocks.Select(block => block.Kind));
        Assert.Contains("\"at\": \"sea\"", message.Blocks[2].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"<think>\\nhm\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"</think>The tide\"}}]}\n")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},{\"type\":\"text\",\"text\":\"The tide\"}]}}]}\n")]
    [InlineData("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"<think>hm</think>\\nThe tide\"}}]}")]
    public void Read_ReasoningInTheText_IsShownAsReasoning(string body)
    {
        var message = Assert.Single(BodyReader.Read(body)!.Messages);

        Assert.Equal([new("thinking", "hm"), new BodyBlock("text", "The tide")], message.Blocks);
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a \\ud83e\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"\\udd80\\ud83e\"}}]}\n", "a \U0001F980\uFFFD")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"a \\ud83e\"}}]}", "a \uFFFD")]
    public void Read_HalvesOfPairs_AreShown(string body, string text) =>
        Assert.Equal(text, Assert.Single(Assert.Single(BodyReader.Read(body)!.Messages).Blocks).Text);

    [Theory]
    [InlineData("""
        data: {"model":"m","choices":[{"delta":{"content":"The "}}]}

        data: {"choices":[{"delta":{"content":"tide"},"finish_reason":"stop"}]}

        data: [DONE]
        """)]
    [InlineData("""
        event: content_block_delta
        data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"The "}}

        event: content_block_delta
        data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"tide"}}
        """)]
    public void Read_Stream_PutsTheAnswerTogether(string stream)
    {
        var body = BodyReader.Read(stream);

        Assert.NotNull(body);
        Assert.Equal("The tide", Assert.Single(Assert.Single(body.Messages).Blocks).Text);
    }

    [Fact]
    public void Read_MembraneRequest_NamesParticipants()
    {
        var body = BodyReader.Read("""{"messages":[{"participant":"Ada","content":[{"type":"text","text":"hi"}]}],"config":{"model":"m"}}""");

        Assert.Equal("Ada", Assert.Single(body?.Messages ?? []).Role);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("[1,2]")]
    [InlineData("""{"error":{"message":"no"}}""")]
    public void Read_Else_IsNull(string text) => Assert.Null(BodyReader.Read(text));

    [Theory]
    [InlineData("""{"messages":[1,"two",null,{"role":3,"content":{"type":"odd"}}],"tools":["x",{}],"system":7,"choices":[null,{}]}""")]
    [InlineData("""{"content":[[],{"type":"tool_result"},{"type":"tool_use"},{"cache_control":"x","type":"text"}]}""")]
    [InlineData("data: 1\ndata: {\"choices\":[{\"delta\":{\"tool_calls\":[3]}}],\"delta\":4,\"message\":5,\"content_block\":6}")]
    public void Read_WrongTypes_StillReads(string text) => Assert.NotNull(BodyReader.Read(text));
}
