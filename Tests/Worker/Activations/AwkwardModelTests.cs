using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Contracts.Conversations;
using Platform.Contracts.Traces;

namespace Platform.Tests.Worker.Activations;

/// <summary>What becomes of answers that are not as they should be, in the conversation and in its trace.</summary>
[Collection(SharedPlatformCollection.Name)]
public sealed class AwkwardModelTests(SharedPlatform shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("error", "Half an answ", ActivationState.Failed, "model_error")]
    [InlineData("insufficient_system_resource", "Half an answ", ActivationState.Failed, "model_error")]
    [InlineData("length", "", ActivationState.Failed, "empty_answer")]
    [InlineData("content_filter", "", ActivationState.Failed, "empty_answer")]
    [InlineData("tool_calls", "", ActivationState.Failed, "empty_answer")]
    [InlineData("load", "", ActivationState.Failed, "empty_answer")]
    [InlineData("stop", "<think>I never", ActivationState.Failed, "empty_answer")]
    [InlineData("stop", "", ActivationState.Silent, null)]
    public async Task Answer_EndsBadly_IsNotAnswered(string finish, string text, ActivationState state, string? code)
    {
        var platform = await shared.GetAsync(Token);
        platform.Models.Enqueue(new ModelReply { Chunks = [text], FinishReason = finish });
        var conversation = await platform.ConverseAsync("talker", Token);

        var activation = await platform.EndOfAsync((await platform.PostAsync(conversation.Id, "Hello?", Token)).ActivationId, Token);

        Assert.Equal((state, code), (activation.State, activation.Error?.Code));
        Assert.Single(await platform.MessagesAsync(conversation.Id, Token));
        if (code == "model_error")
        {
            Assert.Equal(text, await platform.Database.ScalarAsync<string>($"select response_preview from traces where id = '{activation.TraceId}'", Token));
        }
    }

    [Theory]
    [InlineData("length", "max_tokens")]
    [InlineData("content_filter", "refusal")]
    [InlineData("recited", "recited")]
    public async Task Answer_EndsEarly_SaysSoInMessageAndTrace(string finish, string stop)
    {
        var platform = await shared.GetAsync(Token);
        platform.Models.Enqueue(ModelReply.Answer("Half an answ") with { FinishReason = finish });

        var (answer, trace) = await AskAsync(platform, "Hello?");

        Assert.Equal(("Half an answ", stop), (answer.Content, answer.StopReason));
        Assert.Equal(stop, Assert.Single(trace.Calls).StopReason);
        Assert.Contains("the answer ended early", await DocumentAsync(platform, answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_TooLong_IsCutInMessageAndTrace()
    {
        var platform = await shared.GetAsync(Token);
        platform.Models.Enqueue(ModelReply.Answer(new string('x', 60_000), new string('y', 60_000)));

        var (answer, trace) = await AskAsync(platform, "Hello?");

        Assert.Equal((100_000, "max_characters"), (answer.Content.Length, answer.StopReason));
        Assert.Equal("max_characters", Assert.Single(trace.Calls).StopReason);
    }

    [Fact]
    public async Task Answer_UsageOfZero_IsEstimatedAndMarked()
    {
        var platform = await shared.GetAsync(Token);
        platform.Models.Enqueue(ModelReply.Answer("Hello ", "there.") with { Usage = new ModelUsage(0, 0) });

        var (answer, trace) = await AskAsync(platform, "Hello?");

        Assert.Equal((4, true), (answer.TokensOut, answer.TokensEstimated));
        Assert.InRange(answer.TokensIn ?? 0, 1, 10_000);
        Assert.True(Assert.Single(trace.Calls).TokensEstimated);
        Assert.Equal((answer.TokensIn, true), ((int?)trace.Summary.TokensIn, trace.Summary.TokensEstimated));
        Assert.Contains("\"estimated\": true", await DocumentAsync(platform, answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_WithReasoningInItsText_KeepsItOutOfMessageAndLaterRequests()
    {
        var platform = await shared.GetAsync(Token);
        platform.Models.Enqueue(ModelReply.Answer("<thi", "nk>Be brief.", "</think>\n\nAt noon."), ModelReply.Answer("Yes.\0"));
        var conversation = await platform.ConverseAsync("talker", Token);
        var answer = await PostAsync(platform, conversation, "When?");

        // As an earlier version stored it.
        await platform.Database.ScalarAsync<int?>($"update messages set content = '<think>Be brief.</think>' || content where id = '{answer.Id}' returning 1", Token);
        var second = await PostAsync(platform, conversation, "Sure?");

        Assert.Equal(("At noon.", "Yes."), (answer.Content, second.Content));
        Assert.DoesNotContain("Be brief", platform.Models.Requests[^1].Body, StringComparison.Ordinal);
        Assert.Contains("At noon.", platform.Models.Requests[^1].Body, StringComparison.Ordinal);
        Assert.Contains("\"reasoningLength\": 9", await DocumentAsync(platform, answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversation_AfterFailedAndSilentAnswers_GoesOnWithAStrictServer()
    {
        var platform = await shared.GetAsync(Token);
        var usual = platform.Models.Default;
        var script = new Queue<ModelReply>([ModelReply.ServerError(), ModelReply.Answer(), ModelReply.Cut("Ha"), ModelReply.Answer("Here.")]);
        platform.Models.Default = request => RolesAlternate(request) ? script.Dequeue() : ModelReply.Error(400, "Roles must alternate.", "invalid_request_error");
        var conversation = await platform.ConverseAsync("talker", Token);

        List<ActivationState> states = [];
        foreach (var text in new[] { "One", "Two", "Three", "Four" })
        {
            states.Add((await platform.EndOfAsync((await platform.PostAsync(conversation.Id, text, Token)).ActivationId, Token)).State);
        }

        platform.Models.Default = usual;
        Assert.Equal([ActivationState.Failed, ActivationState.Silent, ActivationState.Failed, ActivationState.Answered], states);
    }

    [Fact]
    public async Task Conversation_ThreeMessagesBeforeTheFirstAnswer_AsksForEachInTurn()
    {
        var platform = await shared.GetAsync(Token);
        var gate = new ModelGate();
        platform.Models.Enqueue(ModelReply.Held(gate, "To the ", "first."), ModelReply.Answer("To the second."), ModelReply.Answer("To the third."));
        var conversation = await platform.ConverseAsync("talker", Token);
        await platform.PostAsync(conversation.Id, "First?", Token);
        await gate.Reached.WaitAsync(TestPlatform.Patience, Token);
        await platform.PostAsync(conversation.Id, "Second?", Token);
        var third = await platform.PostAsync(conversation.Id, "Third?", Token);

        gate.Open();
        await platform.EndOfAsync(third.ActivationId, Token);

        Assert.Equal(["First?\n\nThird?", "To the first.", "Second?"], LastOf(platform.Models.Requests[^2]));
        Assert.Equal(["First?\n\nSecond?", "To the first.\n\nTo the second.", "Third?"], LastOf(platform.Models.Requests[^1]));

        static IEnumerable<string?> LastOf(ModelRequest request) => request.Json.GetProperty("messages").EnumerateArray()
            .Select(message => message.GetProperty("content").GetString()).Where(text => text is not null).TakeLast(3);
    }

    private static bool RolesAlternate(ModelRequest request)
    {
        List<string?> roles = [.. request.Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()).Where(role => role != "system")];
        return roles.Index().All(one => one.Item == (one.Index % 2 == 0 ? "user" : "assistant"));
    }

    private static async Task<(MessageResponse Answer, TraceDetail Trace)> AskAsync(TestPlatform platform, string question)
    {
        var answer = await PostAsync(platform, await platform.ConverseAsync("talker", Token), question);
        return (answer, await platform.GetAsync<TraceDetail>($"/api/v1/traces/{answer.TraceId}", Token));
    }

    private static async Task<MessageResponse> PostAsync(TestPlatform platform, ConversationResponse conversation, string text)
    {
        await platform.EndOfAsync((await platform.PostAsync(conversation.Id, text, Token)).ActivationId, Token);
        var answer = (await platform.MessagesAsync(conversation.Id, Token))[^1];
        Assert.Equal(MessageRole.Assistant, answer.Role);
        return answer;
    }

    private static Task<string> DocumentAsync(TestPlatform platform, MessageResponse answer) =>
        platform.Client.GetStringAsync(new Uri($"/api/v1/traces/{answer.TraceId}/document", UriKind.Relative), Token);
}
