namespace Platform.Tests.Api.Auth;

/// <summary>One Api for each way in which access can be set up, over one database, shared by the tests of a class.</summary>
public sealed class AccessApi(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    public const string ApiKey = "key-of-programs-0123456789abcdef0123";
    public const string AuthToken = "token-of-people-0123456789abcdef0123";

    private readonly List<HostProcess> _hosts = [];
    private TestDatabase? _database;
    private HostProcess? _production;
    private HostProcess? _development;

    /// <summary>In Production with both keys.</summary>
    public HostProcess Production => _production ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    /// <summary>In Development with a key.</summary>
    public HostProcess Development => _development ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _production = await StartReadyAsync("Production", new() { ["API_KEY"] = ApiKey, ["AUTH_TOKEN"] = AuthToken });
        _development = await StartReadyAsync("Development", new() { ["API_KEY"] = ApiKey });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Asks the database.</summary>
    public Task<T?> ScalarAsync<T>(string sql) => (_database ?? throw new InvalidOperationException("It is made in InitializeAsync.")).ScalarAsync<T>(sql, Token);

    /// <summary>An Api that lives as long as the class and is ready.</summary>
    public async Task<HostProcess> StartReadyAsync(string environment, Dictionary<string, string?> settings)
    {
        var host = await HostProcess.StartReadyAsync("Api", await SettingsAsync(environment, settings), Token);
        _hosts.Add(host);
        return host;
    }

    /// <summary>An Api that is not expected to become ready; the caller disposes it.</summary>
    public async Task<HostProcess> StartAsync(string environment, Dictionary<string, string?> settings) =>
        HostProcess.Start("Api", await SettingsAsync(environment, settings));

    private async Task<Dictionary<string, string?>> SettingsAsync(string environment, Dictionary<string, string?> settings) => new(settings)
    {
        ["ConnectionStrings__platformdb"] = _database?.ConnectionString,
        ["ConnectionStrings__redis"] = await redis.ConnectionStringAsync(Token),
        ["ASPNETCORE_ENVIRONMENT"] = environment,
        ["DOTNET_ENVIRONMENT"] = environment,
    };
}
