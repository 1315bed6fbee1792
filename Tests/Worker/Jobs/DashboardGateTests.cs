using System.Net;
using System.Text;

namespace Platform.Tests.Worker.Jobs;

public sealed class DashboardGateTests(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    private const string Key = "key-of-programs-0123456789abcdef0123";

    private TestDatabase? _database;
    private HostProcess? _worker;

    private HostProcess Worker => _worker ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _worker = await HostProcess.StartReadyAsync(
            "Worker",
            new Dictionary<string, string?>
            {
                ["ConnectionStrings__platformdb"] = _database.ConnectionString,
                ["ConnectionStrings__redis"] = await redis.ConnectionStringAsync(Token),
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["API_KEY"] = Key,
            },
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        await (_worker?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Dashboard_InProduction_OpensToAKeyAndToNobodyElse()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("Bearer wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Basic("admin", "wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("Basic not-base64!"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Basic(Key, "")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("Bearer " + Key));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Basic("anyone", Key)));
    }

    [Fact]
    public async Task Dashboard_PageOfAnotherSite_IsRefusedInSpiteOfThePassword()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Basic("anyone", Key), "https://evil.example"));
    }

    [Fact]
    public async Task Dashboard_WithoutKey_MakesABrowserAskForOne()
    {
        using var response = await Worker.Client.GetAsync(new Uri("/jobs/", UriKind.Relative), Token);

        Assert.Equal("Basic", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    private static string Basic(string user, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private async Task<HttpStatusCode> StatusAsync(string? authorization, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/jobs");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await Worker.Client.SendAsync(request, Token);
        return response.StatusCode;
    }
}
