using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Activations;
using Platform.Contracts.Conversations;

namespace Platform.Tests.Api.Conversations;

[Collection(SharedPlatformCollection.Name)]
public sealed class ConversationStreamTests(SharedPlatform shared)
{
    private static readonly string[] Chunks = ["The", " tide", " turns", " at", " four", " 🌊", " today", "."];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_RunningAnswer_TokensJoinedEqualTheStoredMessage()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("talker", Token);
        platform.Models.Enqueue(ModelReply.Answer(Chunks));
        using var stream = await platform.OpenStreamAsync(conversation.Id, "0", Token);

        await platform.PostAsync(conversation.Id, "When does the tide turn?", Token);
        var events = await SseReader.ReadUntilAsync(stream, StreamEvents.Done, Token);

        Assert.Equal("no-cache", stream.Headers.CacheControl?.ToString());
        Assert.All(events, one => Assert.False(string.IsNullOrEmpty(one.Id)));
        Assert.Equal(string.Concat(Chunks), TextOf(events));
        Assert.Equal(string.Concat(Chunks), (await platform.MessagesAsync(conversation.Id, Token))[1].Content);
        Assert.Equal(
            [StreamEvents.Connected, StreamEvents.Message, StreamEvents.GenerationStarted, StreamEvents.Token, StreamEvents.MessageComplete, StreamEvents.Done],
            events.Select(one => one.Event).Where(name => name != StreamEvents.ReplayComplete).Distinct());
    }

    [Fact]
    public async Task Stream_ReconnectedAfterEveryEvent_MissesNothingAndRepeatsNothing()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("talker", Token);
        ModelGate[] gates = [.. Chunks.Skip(1).Select(_ => new ModelGate())];
        platform.Models.Enqueue(ModelReply.Stepped(gates, Chunks));
        await platform.PostAsync(conversation.Id, "When does the tide turn?", Token);

        List<SseRecord> seen = [];
        var lastId = "0";
        while (seen.All(one => one.Event != StreamEvents.MessageComplete))
        {
            using var stream = await platform.OpenStreamAsync(conversation.Id, lastId, Token);
            var record = await FirstOfAsync(stream, StreamEvents.Message, StreamEvents.Token, StreamEvents.MessageComplete);
            seen.Add(record);
            lastId = record.Id ?? throw new InvalidOperationException("An event has no id.");
            // The next piece, once this one was read: a follower that comes when all is stored gets it as one message.
            gates.ElementAtOrDefault(seen.Count(one => one.Event == StreamEvents.Token) - 1)?.Open();
        }

        Assert.Equal(string.Concat(Chunks), TextOf(seen));
        Assert.Single(seen, one => one.Event == StreamEvents.MessageComplete);
    }

    [Fact]
    public async Task Stream_AnswersGivenWhileAway_TokensAndMessagesTogetherEqualWhatIsStored()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("talker", Token);
        ModelGate[] gates = [.. Chunks.Skip(1).Select(_ => new ModelGate())];
        platform.Models.Enqueue(ModelReply.Stepped(gates, Chunks), ModelReply.Answer("At", " ten", "."));
        var first = await platform.PostAsync(conversation.Id, "When does the tide turn?", Token);
        List<SseRecord> seen = [];
        using (var stream = await platform.OpenStreamAsync(conversation.Id, "0", Token))
        {
            seen.AddRange(await SseReader.ReadUntilAsync(stream, StreamEvents.Token, Token));
        }

        Array.ForEach(gates, gate => gate.Open());
        await platform.EndOfAsync(first.ActivationId, Token);
        var second = await platform.PostAsync(conversation.Id, "And tomorrow?", Token);
        await platform.EndOfAsync(second.ActivationId, Token);
        using (var stream = await platform.OpenStreamAsync(conversation.Id, seen[^1].Id, Token))
        {
            seen.AddRange(await SseReader.ReadUntilAsync(stream, StreamEvents.ReplayComplete, Token));
        }

        var whole = seen.Where(one => one.Event == StreamEvents.Message).Select(one => Data<MessageCompleteEvent>(one).Message).ToDictionary(message => message.Id, message => message.Content);
        var pieces = seen.Where(one => one.Event == StreamEvents.Token).Select(Data<TokenEvent>).ToLookup(piece => piece.ActivationId, piece => piece.Token);
        var stored = await platform.MessagesAsync(conversation.Id, Token);
        Assert.Equal(4, stored.Count);
        Assert.All(stored, message => Assert.Equal(message.Content, whole.GetValueOrDefault(message.Id) ?? string.Concat(pieces[message.ActivationId ?? ""])));
        // Of the second answer there was no token.
        Assert.Equal("At ten.", whole[stored[3].Id]);
        Assert.Empty(pieces[second.ActivationId]);
    }

    [Fact]
    public async Task Stream_FailedAnswer_TellsThePersonAndLeavesATrace()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("talker", Token);
        platform.Models.Enqueue(ModelReply.Cut("The", " tide"));
        using var stream = await platform.OpenStreamAsync(conversation.Id, "0", Token);

        var posted = await platform.PostAsync(conversation.Id, "When does the tide turn?", Token);
        var events = await SseReader.ReadUntilAsync(stream, StreamEvents.Done, Token);

        var error = Data<StreamErrorEvent>(events.Single(one => one.Event == StreamEvents.Error));
        Assert.Equal("stream_broken", error.Code);
        Assert.Equal(posted.ActivationId, error.ActivationId);
        Assert.Equal("failed", await platform.Database.ScalarAsync<string>($"select outcome from traces where id = '{error.TraceId}'", Token));
        Assert.Equal(ActivationState.Failed, Data<GenerationEvent>(events[^1]).State);
    }

    [Fact]
    public async Task Stream_ClientThatLeaves_CancelsNothing()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("talker", Token);
        var gate = new ModelGate();
        platform.Models.Enqueue(ModelReply.Held(gate, Chunks));
        var posted = await platform.PostAsync(conversation.Id, "When does the tide turn?", Token);
        using (var stream = await platform.OpenStreamAsync(conversation.Id, "0", Token))
        {
            await FirstOfAsync(stream, StreamEvents.Token);
        }

        gate.Open();

        Assert.Equal(ActivationState.Answered, (await platform.EndOfAsync(posted.ActivationId, Token)).State);
    }

    private static async Task<SseRecord> FirstOfAsync(HttpResponseMessage stream, params string[] events)
    {
        await foreach (var record in SseReader.ReadAsync(stream, Token))
        {
            if (events.Contains(record.Event))
            {
                return record;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }

    private static string TextOf(IEnumerable<SseRecord> events) =>
        string.Concat(events.Where(one => one.Event == StreamEvents.Token).Select(one => Data<TokenEvent>(one).Token));

    private static T Data<T>(SseRecord record) => JsonSerializer.Deserialize<T>(record.Data, WireJson.Options)
        ?? throw new InvalidOperationException("An event has no data.");
}
