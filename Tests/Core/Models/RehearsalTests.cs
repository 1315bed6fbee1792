using Microsoft.Extensions.AI;
using Platform.Contracts.Traces;
using Platform.Core.Models.Calls;
using Platform.Core.Models.Providers;
using Platform.Core.Models.Providers.Rehearsal;

namespace Platform.Tests.Core.Models;

public sealed class RehearsalTests : IAsyncLifetime
{
    private readonly ModelsHost _models = ModelsHost.Create(settings: [("Rehearsal:TokensPerSecond", "0"), ("Models:SilenceTimeout", "1")]);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _models.DisposeAsync();

    [Fact]
    public async Task StreamAsync_SameRequest_SameAnswer()
    {
        var (first, pieces) = await _models.Pipeline.RunAsync(Calls.Ask("rehearsal", "Why are bridges so long?"));
        var (second, _) = await _models.Pipeline.RunAsync(Calls.Ask("rehearsal", "Why are bridges so long?"));
        var (other, _) = await _models.Pipeline.RunAsync(Calls.Ask("rehearsal", "Why are bridges so short?"));

        Assert.Equal(first.Text, second.Text);
        Assert.NotEqual(first.Text, other.Text);
        Assert.Equal(first.Text, string.Concat(pieces));
        Assert.True(pieces.Count > 5);
    }

    [Fact]
    public async Task StreamAsync_Answer_IsMarkedAndCounted()
    {
        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("rehearsal", "Hello!"));

        Assert.Equal(("rehearsal", "rehearsal", true, "end_turn"), (result.Provider, result.Model, result.Rehearsal, result.StopReason));
        Assert.Null(result.ApiBase);
        Assert.Equal(TokenEstimate.Of(result.Text), result.TokensOut);
        Assert.Equal(TokenEstimate.Of("You are Ada.Hello!"), result.TokensIn);
        Assert.Contains("\"content\": \"Hello!\"", result.Body(BodyKind.Request), StringComparison.Ordinal);
        Assert.Contains("finish_reason\": \"end_turn\"", result.Body(BodyKind.Response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I am worried about the lighthouse", "lighthouse", false)]
    [InlineData("Do you know the harbour of Piraeus?", "“", true)]
    [InlineData("What do maps leave out?", "“maps”", true)]
    public async Task StreamAsync_Message_IsReactedTo(string message, string word, bool isQuoted)
    {
        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("rehearsal", message));

        Assert.Equal(isQuoted, result.Text.Contains(word, StringComparison.Ordinal));
        Assert.DoesNotContain('{', result.Text);
    }

    [Fact]
    public async Task StreamAsync_Greeting_NamesTheSpeaker()
    {
        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("rehearsal", "Hi there"));

        Assert.Contains("Sam", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_AskedWhatItIs_DoesNotPretend()
    {
        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("rehearsal", "Are you a real person?"));

        Assert.Matches("rehearsal|offline", result.Text);
    }

    [Theory]
    [InlineData("rehearsal:fail", "Hello", "model_error")]
    [InlineData("rehearsal", "Please rehearsal:fail now", "model_error")]
    [InlineData("rehearsal:cut", "Hello", "stream_broken")]
    [InlineData("rehearsal:hang", "Hello", "model_timeout")]
    public async Task StreamAsync_ToldToFail_Fails(string model, string message, string code)
    {
        var (result, pieces) = await _models.Pipeline.RunAsync(Calls.Ask(model, message));

        Assert.Equal(code, result.Error?.Code);
        Assert.Null(result.StopReason);
        Assert.Equal(code != "model_error", pieces.Count > 0);
        Assert.Equal([BodyKind.Request, BodyKind.Response], result.Bodies.Select(body => body.Kind));
    }

    [Fact]
    public async Task StreamAsync_ToldToBeSilent_AnswersNothing()
    {
        var (result, pieces) = await _models.Pipeline.RunAsync(Calls.Ask("rehearsal:silent", "Hello"));

        Assert.Null(result.Error);
        Assert.Equal("", result.Text);
        Assert.Empty(pieces);
    }

    [Fact]
    public async Task StreamAsync_FewTokensAllowed_StopsThere()
    {
        var (result, _) = await _models.Pipeline.RunAsync(Calls.Ask("rehearsal", "Why are bridges so long?") with { MaxTokens = 6 });

        Assert.Equal("max_tokens", result.StopReason);
        Assert.InRange(TokenEstimate.Of(result.Text), 1, 6);
    }

    [Fact]
    public async Task StreamAsync_SetPace_IsKept()
    {
        await using var models = ModelsHost.Create(settings: [("Rehearsal:TokensPerSecond", "100")]);

        var (result, _) = await models.Pipeline.RunAsync(Calls.Ask("rehearsal", "Tell me about maps"));

        Assert.InRange(result.Duration.TotalSeconds, (result.TokensOut ?? 0) / 100.0 * 0.9, 30);
        Assert.True(result.TimeToFirstToken < result.Duration / 2);
    }

    [Fact]
    public async Task StreamAsync_DevelopmentWithoutKey_RehearsesAnyModel()
    {
        await using var models = ModelsHost.Create("Development");

        var (result, _) = await models.Pipeline.RunAsync(Calls.Ask("unheard-of", "rehearsal:fast Hello"));

        Assert.Null(result.Error);
        Assert.Equal(("rehearsal", "rehearsal", true), (result.Provider, result.Model, result.Rehearsal));
        Assert.Equal(new ModelRoute("rehearsal", "rehearsal", true), models.Pipeline.Resolve("unheard-of"));
    }

    [Fact]
    public async Task StreamAsync_DevelopmentWithKey_RehearsesOnlyByName()
    {
        await using var models = ModelsHost.Create("Development", settings: [("OPENROUTER_API_KEY", "sk-or-1")]);

        Assert.Equal(new ModelRoute("openrouter", "openai/gpt-4o-mini", false), models.Pipeline.Resolve("gpt-4o-mini"));
        Assert.Equal(new ModelRoute("rehearsal", "rehearsal:slow", true), models.Pipeline.Resolve("rehearsal:slow"));
        Assert.Equal(new ModelRoute("openrouter", "openai/gpt-4o-mini", false), models.Pipeline.Resolve("openai/gpt-4o-mini"));
    }

    [Fact]
    public void Compose_LongTalk_NeverRepeatsAWholeAnswer()
    {
        var talk = new List<ChatMessage>();
        string[] lines = ["Hello", "What do you do all day?", "I built a bridge of matches", "Why maps?", "Nice", "Tell me a story about rain", "I feel tired", "Thanks!", "Is it late?", "Bye"];

        foreach (var line in lines)
        {
            talk.Add(new ChatMessage(ChatRole.User, line) { AuthorName = "Sam" });
            talk.Add(new ChatMessage(ChatRole.Assistant, new RehearsalSpeech(Calls.Ada, talk).Compose()) { AuthorName = "Ada" });
        }

        var said = talk.Where(message => message.Role == ChatRole.Assistant).Select(message => message.Text).ToList();
        Assert.Equal(said.Count, said.Distinct().Count());
        Assert.All(said, text => Assert.Matches(@"^[A-Z“].*[.!?]$", text));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', talk.Select(message => $"{message.AuthorName}: {message.Text}")));
    }

    [Theory]
    [InlineData("Thank you so much", RehearsalIntent.Thanks)]
    [InlineData("hello ada", RehearsalIntent.Greeting)]
    [InlineData("@ada hi", RehearsalIntent.Greeting)]
    [InlineData("who are you", RehearsalIntent.AskSelf)]
    [InlineData("Could you tell me a joke?", RehearsalIntent.Wish)]
    [InlineData("hello, how do I get there?", RehearsalIntent.AskHow)]
    [InlineData("is it far", RehearsalIntent.AskYesNo)]
    [InlineData("ok", RehearsalIntent.Nod)]
    [InlineData("The shop at the corner has closed.", RehearsalIntent.Statement)]
    internal void Intent_Message_IsUnderstood(string message, RehearsalIntent intent) =>
        Assert.Equal(intent, RehearsalUnderstanding.Intent(message));
}
