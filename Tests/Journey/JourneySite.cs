using System.Net.Http.Headers;
using System.Net.Http.Json;
using Platform.Contracts;
using Platform.Contracts.Traces.Imports;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Journey;

/// <summary>The whole product as a person meets it: Api, Worker and Web as processes of their own.</summary>
public sealed class JourneySite(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    private TestPlatform? _platform;
    private HostProcess? _web;

    public TestPlatform Platform => _platform ?? throw new InvalidOperationException("The platform is started in InitializeAsync.");

    /// <summary>Where Web listens.</summary>
    public Uri Address => _web?.BaseAddress ?? throw new InvalidOperationException("Web is started in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(Token), Token);
        _platform.Settings["services__api__http__0"] = _platform.Api.BaseAddress.OriginalString;
        _web = await _platform.AddHostAsync("Web", Token);
    }

    public ValueTask DisposeAsync() => _platform?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Sends the sample logs to the Api as a person would; again and again changes nothing.</summary>
    public Task<ImportRunResponse> ImportSamplesAsync() => ImportAsync(LogsFolder.Zip(Samples.Path("chapterx-logs"), "logs/"));

    /// <summary>Sends a zip of a logs folder to the Api.</summary>
    public async Task<ImportRunResponse> ImportAsync(Stream logs)
    {
        using var zip = new StreamContent(logs);
        zip.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using var response = await Platform.Client.PostAsync(new Uri("/api/v1/traces/import", UriKind.Relative), zip, Token);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<ImportRunResponse>(WireJson.Options, Token)
            ?? throw new InvalidOperationException("The import answered null.");
    }
}
