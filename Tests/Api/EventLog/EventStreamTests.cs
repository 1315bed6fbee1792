using System.Net;
using System.Text.Json;
using Platform.Contracts.EventLog;

namespace Platform.Tests.Api.EventLog;

[Collection(SharedPlatformCollection.Name)]
public sealed class EventStreamTests(SharedPlatform shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_FromTheBeginning_HasEveryEventOnceInOrderAndGoesOnLive()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("mute", Token);
        await platform.EndOfAsync((await platform.PostAsync(conversation.Id, "one", Token)).ActivationId, Token);
        using var response = await OpenAsync(platform, "?after=0");
        await using var events = SseReader.ReadAsync(response, Token).GetAsyncEnumerator(Token);

        var replay = await UntilAsync(events, conversation.Id, "activation.silent");
        await platform.PostAsync(conversation.Id, "two", Token);
        var live = await UntilAsync(events, conversation.Id, "activation.silent");

        List<PlatformEventResponse> all = [.. replay, .. live];
        Assert.Equal(["message.created", "activation.silent", "message.created", "activation.silent"], all.Where(one => IsOf(one, conversation.Id)).Select(one => one.Type));
        Assert.Equal(all.Select(one => one.Position).Distinct().Order(), all.Select(one => one.Position));
    }

    [Fact]
    public async Task Stream_WithLastEventId_GoesOnBehindIt()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("mute", Token);
        await platform.EndOfAsync((await platform.PostAsync(conversation.Id, "one", Token)).ActivationId, Token);
        PlatformEventResponse first;
        using (var response = await OpenAsync(platform, "?after=0&types=message.*"))
        {
            await using var events = SseReader.ReadAsync(response, Token).GetAsyncEnumerator(Token);
            first = (await UntilAsync(events, conversation.Id, "message.created"))[^1];
        }

        using var again = await OpenAsync(platform, "", first.Position);
        await using var rest = SseReader.ReadAsync(again, Token).GetAsyncEnumerator(Token);
        var next = await UntilAsync(rest, conversation.Id, "activation.silent");

        Assert.All(next, one => Assert.True(one.Position > first.Position));
        Assert.DoesNotContain(first.Id, next.Select(one => one.Id));
    }

    [Theory]
    [InlineData("?after=999999999")]
    [InlineData("?after=999999999&types=effect.dead")]
    public async Task Stream_PositionThatNeverWas_SaysWhereItGoesOn(string query)
    {
        var platform = await shared.GetAsync(Token);
        using var response = await OpenAsync(platform, query);

        var records = await SseReader.ReadUntilAsync(response, "connected", Token);

        Assert.Equal(["gap", "connected"], records.Select(record => record.Event));
        var gap = JsonElement.Parse(records[0].Data);
        Assert.Equal(999999999, gap.GetProperty("after").GetInt64());
        Assert.Equal(gap.GetProperty("from").GetInt64() - 1, long.Parse(records[1].Id ?? "", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Stream_OfAnotherTenant_IsSilent()
    {
        var platform = await shared.GetAsync(Token);
        await platform.Database.ExecuteAsync(
            "insert into event_inbox (id, tenant_id, type, data) values (gen_random_uuid(), 'elsewhere', 'message.created', '{\"channel_id\":\"secret\"}')", Token);
        var conversation = await platform.ConverseAsync("mute", Token);
        await platform.PostAsync(conversation.Id, "one", Token);
        using var response = await OpenAsync(platform, "?after=0");
        await using var events = SseReader.ReadAsync(response, Token).GetAsyncEnumerator(Token);

        var seen = await UntilAsync(events, conversation.Id, "activation.silent");

        Assert.DoesNotContain(seen, one => IsOf(one, "secret"));
    }

    [Theory]
    [InlineData("?types=message.deleted", "message.created")]
    [InlineData("?after=yesterday", "Last-Event-ID")]
    [InlineData("?after=-1", "Last-Event-ID")]
    [InlineData("?after=99999999999999999999", "Last-Event-ID")]
    public async Task Stream_AskedForSomethingElse_NamesTheRemedy(string query, string remedy)
    {
        var platform = await shared.GetAsync(Token);

        using var response = await OpenAsync(platform, query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(remedy, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static async Task<List<PlatformEventResponse>> UntilAsync(IAsyncEnumerator<SseRecord> events, string channel, string type)
    {
        List<PlatformEventResponse> seen = [];
        while (await events.MoveNextAsync())
        {
            if (!EventTypes.All.Contains(events.Current.Event))
            {
                continue;
            }

            var one = JsonSerializer.Deserialize<PlatformEventResponse>(events.Current.Data, Platform.Contracts.WireJson.Options)
                ?? throw new InvalidOperationException("An empty event.");
            Assert.Equal(events.Current.Id, one.Position.ToString(System.Globalization.CultureInfo.InvariantCulture));
            seen.Add(one);
            if (one.Type == type && IsOf(one, channel))
            {
                break;
            }
        }

        return seen;
    }

    private static bool IsOf(PlatformEventResponse one, string channel) =>
        one.Data.TryGetProperty("channel_id", out var id) && id.GetString() == channel;

    private static async Task<HttpResponseMessage> OpenAsync(TestPlatform platform, string query, long? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events" + query);
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return await platform.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }
}
