using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Contracts.Conversations;

namespace Platform.Tests.Api.Conversations;

[Collection(SharedPlatformCollection.Name)]
public sealed class ConversationEndpointsTests(SharedPlatform shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostMessage_Conversation_IsAcceptedAnsweredAndTraced()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("rehearsed", Token);

        var posted = await platform.PostAsync(conversation.Id, "Good morning!", Token);
        var activation = await platform.EndOfAsync(posted.ActivationId, Token);

        Assert.Equal(ActivationState.Answered, activation.State);
        Assert.NotNull(activation.TraceId);
        var messages = await platform.MessagesAsync(conversation.Id, Token);
        Assert.Equal([1L, 2L], messages.Select(message => message.Sequence));
        Assert.Equal([MessageRole.User, MessageRole.Assistant], messages.Select(message => message.Role));
        Assert.Equal(activation.Id, messages[1].ActivationId);
        Assert.Equal(activation.TraceId, messages[1].TraceId);
        Assert.True(messages[1].Rehearsal, "an offline answer is always marked");
        Assert.Equal("Good morning!", (await platform.GetAsync<ConversationResponse>($"/api/v1/conversations/{conversation.Id}", Token)).Title);
    }

    [Fact]
    public async Task PostMessage_ManyAtOnce_HaveGapFreeSequencesAndOneAnswerEach()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("mute", Token);

        var posted = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => platform.PostAsync(conversation.Id, $"number {number}", Token)));
        foreach (var one in posted)
        {
            Assert.Equal(ActivationState.Silent, (await platform.EndOfAsync(one.ActivationId, Token)).State);
        }

        var sequences = (await platform.MessagesAsync(conversation.Id, Token)).Select(message => message.Sequence);
        Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), sequences);
    }

    [Fact]
    public async Task PostMessage_SilentBot_LeavesReasonAndTrace()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("mute", Token);

        var activation = await platform.EndOfAsync((await platform.PostAsync(conversation.Id, "Are you there?", Token)).ActivationId, Token);

        Assert.Equal((ActivationState.Silent, "may_speak"), (activation.State, activation.SilentReason));
        var silence = await platform.Database.ScalarAsync<string>(
            $"select silent_reason from traces where id = '{activation.TraceId}' and outcome = 'silent'", Token);
        Assert.Equal("may_speak", silence);
    }

    [Fact]
    public async Task PostMessage_DottedMessage_IsNotAnswered()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("rehearsed", Token);

        var activation = await platform.EndOfAsync((await platform.PostAsync(conversation.Id, ".just a note", Token)).ActivationId, Token);

        Assert.Equal((ActivationState.Silent, "dotted_message"), (activation.State, activation.SilentReason));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   \n ", "empty")]
    [InlineData("a\0b", "U+0000")]
    public async Task PostMessage_BadContent_IsRefusedAndNothingIsStored(string content, string expected)
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("rehearsed", Token);

        var problem = await PostRawAsync(platform, conversation.Id, $$"""{"content":{{Escaped(content)}}}""");

        Assert.Contains(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await platform.MessagesAsync(conversation.Id, Token));
    }

    [Fact]
    public async Task PostMessage_HalfASurrogatePair_IsRefusedAndNothingIsStored()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("rehearsed", Token);

        await PostRawAsync(platform, conversation.Id, """{"content":"half \ud83d pair"}""");

        Assert.Empty(await platform.MessagesAsync(conversation.Id, Token));
    }

    [Theory]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public async Task PostMessage_AtTheLengthLimit_IsDecidedByTheCharacter(int length, bool accepted)
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("mute", Token);
        using var body = Json($$"""{"content":"{{new string('a', length)}}"}""");

        using var response = await platform.Client.PostAsync(MessagesOf(conversation.Id), body, Token);

        Assert.Equal(accepted ? HttpStatusCode.Accepted : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(accepted ? 1 : 0, (await platform.MessagesAsync(conversation.Id, Token)).Count);
    }

    [Theory]
    [InlineData("""{"content": "no end""")]
    [InlineData("""{"content": 7}""")]
    [InlineData("""[]""")]
    [InlineData("")]
    public async Task PostMessage_MalformedJson_IsAProblem(string body)
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("rehearsed", Token);

        var problem = await PostRawAsync(platform, conversation.Id, body);

        Assert.Equal("/problems/malformed-request", problem.GetProperty("type").GetString());
        Assert.Empty(await platform.MessagesAsync(conversation.Id, Token));
    }

    [Fact]
    public async Task PostMessage_BadUtf8_IsAProblem()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("rehearsed", Token);
        using var body = new ByteArrayContent([.. "{\"content\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await platform.Client.PostAsync(MessagesOf(conversation.Id), body, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await platform.MessagesAsync(conversation.Id, Token));
    }

    [Fact]
    public async Task CreateConversation_UnknownBot_NamesTheOnesThereAre()
    {
        var platform = await shared.GetAsync(Token);
        using var body = Json("""{"bot":"nobody"}""");

        using var response = await platform.Client.PostAsync(new Uri("/api/v1/conversations", UriKind.Relative), body, Token);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(Token));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("/problems/unknown-bot", problem.GetProperty("type").GetString());
        Assert.Contains("rehearsed", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetConversation_AnotherTenants_IsNotThere()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("rehearsed", Token);
        await platform.Database.ExecuteAsync(
            $"insert into tenants (id, name) values ('next-door', 'Next door'); update channels set tenant_id = 'next-door' where id = '{conversation.Id}'", Token);

        foreach (var path in (string[])["", "/messages", "/stream"])
        {
            using var response = await platform.Client.GetAsync(new Uri($"/api/v1/conversations/{conversation.Id}{path}", UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        using var body = Json("""{"content":"hello"}""");
        using var posted = await platform.Client.PostAsync(MessagesOf(conversation.Id), body, Token);
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
    }

    private static async Task<JsonElement> PostRawAsync(TestPlatform platform, string conversationId, string json)
    {
        using var body = Json(json);
        using var response = await platform.Client.PostAsync(MessagesOf(conversationId), body, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Token));
    }

    private static Uri MessagesOf(string conversationId) => new($"/api/v1/conversations/{conversationId}/messages", UriKind.Relative);

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>Escapes every character, as U+0000 can only travel escaped.</summary>
    private static string Escaped(string text) => $"\"{string.Concat(text.Select(unit => $"\\u{(int)unit:x4}"))}\"";
}
