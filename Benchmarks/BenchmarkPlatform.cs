using Npgsql;

namespace Platform.Benchmarks;

/// <summary>A Postgres that writes as one in production does, Redis, and the built Worker and Api, all on this machine.</summary>
internal sealed class BenchmarkPlatform : IAsyncDisposable
{
    public static readonly string[] DurableSettings = ["fsync=on", "full_page_writes=on", "synchronous_commit=on", "shared_buffers=256MB"];

    private readonly string _config = Directory.CreateTempSubdirectory("platform-benchmark-").FullName;
    private readonly List<HostProcess> _workers = [];
    private readonly PostgresServer _postgres;
    private readonly RedisServer _redis;
    private HostProcess? _api;
    private HostProcess? _web;

    private BenchmarkPlatform(PostgresServer postgres, RedisServer redis)
    {
        this._postgres = postgres;
        this._redis = redis;
        Database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(postgres.ConnectionString("platformdb")) { MaxPoolSize = 4, NoResetOnClose = true });
    }

    public NpgsqlDataSource Database { get; }

    public PostgresServer Postgres => _postgres;

    public IReadOnlyList<HostProcess> Workers => _workers;

    /// <summary>A client of the Api.</summary>
    /// <exception cref="InvalidOperationException">The platform was started without it.</exception>
    public HttpClient Api => _api?.Client ?? throw new InvalidOperationException("The Api was not started.");

    /// <summary>Every process of the platform, for its memory: name and process id.</summary>
    public IEnumerable<(string Name, int Id)> Processes => _workers
        .Select((worker, index) => ($"Worker {index + 1}", worker.Id))
        .Concat(_api is null ? [] : [("Api", _api.Id)])
        .Concat(_web is null ? [] : [("Web", _web.Id)]);

    /// <summary>Starts databases and workers and waits until the bot is known, if there is a worker to tell of it.</summary>
    /// <param name="workerCount">How many workers.</param>
    /// <param name="withApi">Whether the Api runs too.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="settings">Of Postgres, besides <see cref="DurableSettings"/>.</param>
    public static async Task<BenchmarkPlatform> StartAsync(
        int workerCount, bool withApi, CancellationToken cancellationToken, params IEnumerable<string> settings)
    {
        var postgres = await PostgresServer.StartNewAsync(cancellationToken, [.. DurableSettings, .. settings]);
        var platform = new BenchmarkPlatform(postgres, await RedisServer.StartNewAsync(cancellationToken));
        try
        {
            await postgres.ExecuteAsync("create database platformdb", cancellationToken);
            await platform.WriteConfigAsync(cancellationToken);
            await platform.MigrateAsync(cancellationToken);
            for (var number = 0; number < workerCount; number++)
            {
                await platform.AddWorkerAsync(cancellationToken);
            }

            platform._api = withApi ? await HostProcess.StartReadyAsync("Api", platform.Settings(), cancellationToken) : null;
            if (workerCount > 0)
            {
                await platform.UntilAsync("select exists (select from bots)", cancellationToken);
            }

            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    public async Task<HostProcess> AddWorkerAsync(CancellationToken cancellationToken)
    {
        var worker = await HostProcess.StartReadyAsync("Worker", Settings(), cancellationToken);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Starts the dashboard, in front of the Api.</summary>
    public async Task AddWebAsync(CancellationToken cancellationToken)
    {
        var settings = Settings();
        settings["services__api__http__0"] = Api.BaseAddress?.OriginalString;
        _web = await HostProcess.StartReadyAsync("Web", settings, cancellationToken);
    }

    /// <summary>kill -9, at the time that this returns.</summary>
    public async Task KillAsync(HostProcess worker)
    {
        await worker.KillAsync();
        _workers.Remove(worker);
        await worker.DisposeAsync();
    }

    /// <summary>Imports a ChapterX logs folder.</summary>
    public Task ImportAsync(string folder, CancellationToken cancellationToken) => RunWorkerAsync(cancellationToken, "traces", "import", folder);

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken) is T value
            ? value
            : throw new InvalidOperationException($"No {typeof(T).Name} came of: {sql}");
    }

    /// <summary>Waits until a query answers true, asking 50 times a second.</summary>
    public Task UntilAsync(string condition, CancellationToken cancellationToken) =>
        UntilAsync(condition, TimeSpan.FromMilliseconds(20), cancellationToken);

    /// <summary>Waits until a query answers true, asking now and then.</summary>
    public async Task UntilAsync(string condition, TimeSpan pause, CancellationToken cancellationToken)
    {
        while (!await ScalarAsync<bool>(condition, cancellationToken))
        {
            await Task.Delay(pause, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_workers.Append(_api).Append(_web).OfType<HostProcess>().Select(host => host.DisposeAsync().AsTask()));
        await Database.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_config, recursive: true);
    }

    private Dictionary<string, string?> Settings() => new()
    {
        ["ConnectionStrings__platformdb"] = _postgres.ConnectionString("platformdb"),
        ["ConnectionStrings__redis"] = _redis.ConnectionString,
        ["CONFIG_PATH"] = _config,
        ["OPENAI_API_KEY"] = null,
        ["OPENROUTER_API_KEY"] = null,
        ["ANTHROPIC_API_KEY"] = null,
        ["Logging__LogLevel__Default"] = "Warning",
        // As AppHost starts the hosts.
        ["DOTNET_GCgen0size"] = "0x1000000",
    };

    private async Task WriteConfigAsync(CancellationToken cancellationToken)
    {
        var bots = Directory.CreateDirectory(Path.Combine(_config, "bots")).FullName;
        await File.WriteAllTextAsync(Path.Combine(_config, "shared.yaml"), "providers: {}\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(bots, "speaker.yaml"), "name: speaker\ncontinuation_model: rehearsal\n", cancellationToken);
    }

    private Task MigrateAsync(CancellationToken cancellationToken) => RunWorkerAsync(cancellationToken, "migrate");

    private async Task RunWorkerAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        await using var worker = HostProcess.Start("Worker", Settings(), arguments);
        if (await worker.WaitForExitAsync(cancellationToken) != 0)
        {
            throw new InvalidOperationException($"worker {string.Join(' ', arguments)} failed:\n{worker.Log}");
        }
    }
}
