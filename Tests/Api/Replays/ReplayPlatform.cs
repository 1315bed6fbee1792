using System.Net;
using System.Net.Http.Json;
using Platform.Contracts;
using Platform.Contracts.Replays;
using Platform.Contracts.Traces;
using Platform.Tests.Api.Traces;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Api.Replays;

/// <summary>A platform whose calls are asked again; shared by the tests of a class, which run one after the other.</summary>
public sealed class ReplayPlatform(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    private TestPlatform? _platform;
    private int _forgotten;

    public TestPlatform Platform => _platform ?? throw new InvalidOperationException("The platform is started in InitializeAsync.");

    public ModelServer Models => Platform.Models;

    public TestDatabase Database => Platform.Database;

    /// <summary>What the model server was asked since <see cref="Forget"/>.</summary>
    public IReadOnlyList<ModelRequest> Asked => [.. Models.Requests.Skip(_forgotten)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(Token), Token);

    public async ValueTask DisposeAsync() => await (_platform?.DisposeAsync() ?? ValueTask.CompletedTask);

    public void Forget() => _forgotten = Models.Requests.Count;

    /// <summary>Has a bot answer.</summary>
    /// <returns>The address of its call's replays.</returns>
    public async Task<string> AskedCallAsync()
    {
        Forget();
        var conversation = await Platform.ConverseAsync("talker", Token);
        var posted = await Platform.PostAsync(conversation.Id, "Say something.", Token);
        await Platform.EndOfAsync(posted.ActivationId, Token);
        return await FirstCallAsync("/api/v1/traces");
    }

    /// <summary>Imports the sample logs.</summary>
    /// <returns>The address of the replays of an answered call.</returns>
    public async Task<string> ImportedCallAsync()
    {
        Forget();
        using var content = TraceApi.ZipContent(LogsFolder.Zip(Samples.Path("chapterx-logs"), "logs/"));
        using var imported = await Platform.Client.PostAsync(new Uri("/api/v1/traces/import", UriKind.Relative), content, Token);
        imported.EnsureSuccessStatusCode();
        return await FirstCallAsync("/api/v1/traces?bot=Harbour%20Opus4&outcome=answered");
    }

    public Task<ReplayList> ListAsync(string call) => Platform.GetAsync<ReplayList>(call, Token);

    /// <summary>Asks for a replay.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> ReplayAsync(string call, ReplayRequest request)
    {
        using var response = await Platform.Client.PostAsJsonAsync(call, request, WireJson.Options, Token);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var replay = await response.Content.ReadFromJsonAsync<ReplayResponse>(WireJson.Options, Token);
        Assert.Equal($"/api/v1/replays/{replay?.Id}", response.Headers.Location?.OriginalString);
        return replay?.Id ?? "";
    }

    public async Task<ReplayResponse> EndOfAsync(string id)
    {
        ReplayResponse? replay = null;
        await Eventually.TrueAsync(
            async token => (replay = await Platform.GetAsync<ReplayResponse>($"/api/v1/replays/{id}", token)).Answer is not null, TestPlatform.Patience, "the replay ends");
        return replay ?? throw new InvalidOperationException("It ended without an answer.");
    }

    public async Task AssertRefusedAsync(string call, ReplayRequest request, HttpStatusCode status, string reason)
    {
        using var response = await Platform.Client.PostAsJsonAsync(call, request, WireJson.Options, Token);
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    /// <summary>Tokens of today that count against the ceiling.</summary>
    public Task<long> SpentAsync() => Database.ScalarAsync<long>("select coalesce(sum(tokens), 0)::bigint from daily_token_usage", Token);

    private async Task<string> FirstCallAsync(string list)
    {
        var trace = (await Platform.GetAsync<TraceList>(list, Token)).Traces[0].Id;
        var calls = (await Platform.GetAsync<TraceDetail>($"/api/v1/traces/{trace}", Token)).Calls;
        return $"/api/v1/traces/{trace}/calls/{calls[0].Id}/replays";
    }
}
