using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Platform.Core.Replays;

namespace Platform.Tests.Core.Replays;

public sealed class RecordedRequestReaderTests
{
    [Fact]
    public void Read_ChatCompletion_IsSentAsItWas()
    {
        const string body = """
            {"model":"gpt-4o-mini","messages":[{"role":"system","content":"Be brief."},{"role":"user","name":"Sam","content":[{"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"https://x/y.png"}}]}],
            "stream":true,"temperature":0.7,"max_completion_tokens":99,"stop":["\nSam:","END"],"logit_bias":{"50256":-100}}
            """;

        var request = Read(body);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), request.Body));
        Assert.Equal(["Be brief.", "Hi"], request.Messages.Select(message => message.Text));
        Assert.Equal((99, false), (request.MaxTokens, request.IsCompletion));
        Assert.Equal(["\nSam:", "END"], request.StopSequences);
        Assert.Empty(request.LeftOut);
    }

    [Fact]
    public void Read_Completion_KeepsItsPrompt()
    {
        var request = Read("""{"model":"davinci-002","prompt":"Sam: Hi\nBot:","max_tokens":20,"stop":"\nSam:"}""");

        Assert.True(request.IsCompletion);
        Assert.Equal("Sam: Hi\nBot:", Assert.Single(request.Messages).Text);
        Assert.Equal(["\nSam:"], request.StopSequences);
        Assert.Equal("Sam: Hi\nBot:", (string?)request.Body?["prompt"]);
    }

    [Fact]
    public void Read_AnthropicMessages_BecomeAChatCompletion()
    {
        var request = Read("""
            {"model":"claude-sonnet-4-5","max_tokens":500,"temperature":1,"top_k":5,"system":[{"type":"text","text":"You are Cuma.","cache_control":{"type":"ephemeral"}}],
            "messages":[
              {"role":"user","content":"What is it?"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"x"},{"type":"text","text":"I look."},{"type":"tool_use","id":"t1","name":"search","input":{"q":"it"}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"A cat."}]},{"type":"text","text":"Well?"},{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"AAAA"}}]}],
            "tools":[{"name":"search","description":"Looks.","input_schema":{"type":"object"}},{"type":"web_search_20250305","name":"web_search"}],
            "stop_sequences":["\na:","\nb:","\nc:","\nd:","\ne:"],"stream":true}
            """);

        const string expected = """
            {"messages":[
              {"role":"system","content":"You are Cuma."},
              {"role":"user","content":"What is it?"},
              {"role":"assistant","content":"I look.","tool_calls":[{"id":"t1","type":"function","function":{"name":"search","arguments":"{\"q\":\"it\"}"}}]},
              {"role":"tool","tool_call_id":"t1","content":"A cat."},
              {"role":"user","content":[{"type":"text","text":"Well?"},{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,AAAA"}}]}],
            "max_tokens":500,"temperature":1,"stop":["\na:","\nb:","\nc:","\nd:"],
            "tools":[{"type":"function","function":{"name":"search","parameters":{"type":"object"},"description":"Looks."}}]}
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), request.Body), request.Body?.ToJsonString());
        Assert.Equal(5, request.StopSequences.Count);
        Assert.Equal(
            ["top_k (specific to Anthropic)", "1 of 5 stop sequences, which most servers reject", "cache markers", "blocks of type thinking", "the tool web_search, which Anthropic runs itself"],
            request.LeftOut);
    }

    [Fact]
    public void Read_MembraneRequest_TellsTheBotFromTheOthers()
    {
        var request = Read("""
            {"messages":[{"participant":"sam","content":[{"type":"text","text":"Hi"}]},{"participant":"Cuma","content":[{"type":"text","text":"Hello"}]}],
            "system":"You are Cuma.","config":{"model":"claude","maxTokens":77,"temperature":0.5},"assistantParticipant":"Cuma","tools":[{}]}
            """);

        Assert.Null(request.Body);
        Assert.Equal([(ChatRole.User, "sam", "Hi"), (ChatRole.Assistant, "Cuma", "Hello")], request.Messages.Select(message => (message.Role, message.AuthorName, message.Text)));
        Assert.Equal(("You are Cuma.", 77, 0.5f), (request.SystemPrompt, request.MaxTokens, request.Temperature));
        Assert.Equal(["tools"], request.LeftOut);
    }

    [Fact]
    public void Read_RehearsalRequest_KeepsThePersona()
    {
        var request = Read("""
            {"model":"rehearsal","persona":{"handle":"bram","tone":"dry","interests":["toasters"],"sayings":[]},
            "messages":[{"role":"system","content":"You mend."},{"role":"user","name":"You","content":"Hi"}],"max_tokens":100,"temperature":null,"stop":[]}
            """);

        Assert.Equal(("bram", "dry", "toasters"), (request.Persona?.Handle, request.Persona?.Tone, Assert.Single(request.Persona?.Interests ?? [])));
        Assert.Equal(("You mend.", "Hi", "You"), (request.SystemPrompt, Assert.Single(request.Messages).Text, request.Messages[0].AuthorName));
    }

    [Theory]
    [InlineData("", "not complete JSON")]
    [InlineData("""{"model":"x","messages":[{"role":"user","con""", "not complete JSON")]
    [InlineData("[1]", "not complete JSON")]
    [InlineData("{}", "no messages or prompt")]
    [InlineData("""{"messages":[]}""", "no messages or prompt")]
    [InlineData("""{"messages":"all of them"}""", "no messages or prompt")]
    public void Read_WhatCannotBeSent_SaysWhy(string body, string reason)
    {
        Assert.Null(RecordedRequestReader.Read(Encoding.UTF8.GetBytes(body), out var refusal));
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"messages":[7,null,"x",{"content":{"a":1}},{"role":3,"content":[[1],null,{"type":"image","source":9}]}],"temperature":1e999,"max_tokens":-5,"stop":{"a":1}}""")]
    [InlineData("""{"messages":[{"role":"user","role":"assistant","content":"a","content":"b"}],"model":"x","model":"y"}""")]
    [InlineData("""{"system":{"text":1},"messages":[{"content":[{"type":"tool_use"},{"type":"tool_result"},{"type":"text"}]}],"tools":[1,{"name":2}],"stop_sequences":[1,null]}""")]
    [InlineData("""{"config":{"maxTokens":"many"},"messages":[{"participant":1,"content":1}]}""")]
    [InlineData("""{"persona":{},"messages":[{"role":"user","content":"\ud800"}]}""")]
    public void Read_StrangeValues_StillMakesARequestThatCanBeWritten(string body)
    {
        var request = Read(body).ToRequest("test-model", "bot");

        Assert.Equal("test-model", request.Model);
        Assert.True(request.MaxTokens > 0);
        JsonDocument.Parse(request.Body?.ToJsonString() ?? "{}").Dispose();
    }

    private static RecordedRequest Read(string body)
    {
        var request = RecordedRequestReader.Read(Encoding.UTF8.GetBytes(body), out var refusal);
        Assert.Null(refusal);
        return request ?? throw new InvalidOperationException("There is neither a request nor a reason why not.");
    }
}
