using System.Net;
using System.Net.Http.Json;
using Platform.Contracts;
using Platform.Contracts.Bots;
using Platform.Core.Authors;
using Platform.Tests.Core.Bots;

namespace Platform.Tests.Api.Bots;

public sealed class BotEndpointsTests(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    private const string Key = "bots-test-key-of-more-than-32-characters";

    private readonly TestConfigFolder _folder = new();
    private TestDatabase? _database;
    private HostProcess? _api;

    private HttpClient Client => _api?.Client ?? throw new InvalidOperationException("The host is started in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _folder.Write("bots/ada.yaml", "name: Ada\ncontinuation_model: rehearsal\ninterests: [looms]\nemoji: ⚙️\n");
        _folder.Write("bots/eva.yaml", "name: Eva\ncontinuation_model: rehearsal\ntemperature: hot\n");
        using (var worker = new BotHost(_database.ConnectionString, _folder.Root))
        {
            await worker.SyncAsync(Token);
        }

        _api = await HostProcess.StartReadyAsync(
            "Api",
            new Dictionary<string, string?>
            {
                ["ConnectionStrings__platformdb"] = _database.ConnectionString,
                ["ConnectionStrings__redis"] = await redis.ConnectionStringAsync(Token),
                ["API_KEY"] = Key,
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
            },
            Token);
        _api.Client.DefaultRequestHeaders.Add("X-API-Key", Key);
    }

    public async ValueTask DisposeAsync()
    {
        await (_api?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task List_OneGoodAndOneWrongFile_ShowsTheBotAndBothFiles()
    {
        var list = await Client.GetFromJsonAsync<BotList>("/api/v1/bots", WireJson.Options, Token);

        Assert.NotNull(list);
        var bot = Assert.Single(list.Bots);
        Assert.Equal((AuthorId.FromHandle("ada").ToString(), "ada", "⚙️", "bots/ada.yaml"), (bot.Id, bot.Handle, bot.Emoji, bot.SourceFile));
        Assert.Equal(("rehearsal", true), (bot.Model, bot.Rehearsal));
        Assert.Equal(["bots/ada.yaml", "bots/eva.yaml"], list.Files.Select(file => file.Path));
        Assert.Equal((3, "temperature"), (list.Files[1].Problems[0].Line, list.Files[1].Problems[0].Key));
    }

    [Fact]
    public async Task Find_HandleOrId_IsTheSameBot()
    {
        foreach (var name in new[] { "ada", "@Ada", AuthorId.FromHandle("ada").ToString() })
        {
            var bot = await Client.GetFromJsonAsync<BotResponse>($"/api/v1/bots/{name}", WireJson.Options, Token);

            Assert.Equal("ada", bot?.Handle);
        }
    }

    [Fact]
    public async Task Find_UnknownBot_Answers404WithAProblem()
    {
        using var answer = await Client.GetAsync("/api/v1/bots/nobody", Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
