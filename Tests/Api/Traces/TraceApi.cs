using System.Net.Http.Headers;
using System.Net.Http.Json;
using Platform.Contracts;
using Platform.Contracts.Traces.Imports;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Api.Traces;

/// <summary>An Api over a database of its own, shared by the tests of a class.</summary>
public sealed class TraceApi(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    private const string Key = "traces-test-key-of-more-than-32-characters";

    private TestDatabase? _database;
    private HostProcess? _host;

    public TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    public HttpClient Client => Host.Client;

    public Uri BaseAddress => Host.BaseAddress;

    private HostProcess Host => _host ?? throw new InvalidOperationException("The host is started in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _host = await HostProcess.StartReadyAsync(
            "Api",
            new Dictionary<string, string?>
            {
                ["ConnectionStrings__platformdb"] = _database.ConnectionString,
                ["ConnectionStrings__redis"] = await redis.ConnectionStringAsync(Token),
                ["API_KEY"] = Key,
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["DOTNET_ENVIRONMENT"] = "Production",
            },
            Token);
        Client.DefaultRequestHeaders.Add("X-API-Key", Key);
    }

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    public async Task<T> GetAsync<T>(string path) =>
        await Client.GetFromJsonAsync<T>(path, WireJson.Options, Token) ?? throw new InvalidOperationException($"{path} answered null.");

    /// <summary>Imports the sample logs; again and again changes nothing.</summary>
    public async Task<ImportRunResponse> ImportSamplesAsync()
    {
        using var content = ZipContent(LogsFolder.Zip(Samples.Path("chapterx-logs"), "logs/"));
        using var response = await Client.PostAsync("/api/v1/traces/import", content, Token);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<ImportRunResponse>(WireJson.Options, Token) ?? throw new InvalidOperationException("The import answered null.");
    }

    public static StreamContent ZipContent(Stream zip, string type = "application/zip") =>
        new(zip) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
}
