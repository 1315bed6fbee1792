using System.Net.Http.Json;
using Platform.Contracts;
using Platform.Contracts.Activations;
using Platform.Contracts.Conversations;

namespace Platform.Tests.Infrastructure;

/// <summary>
/// The whole product for one test class: a database of its own, Redis, a scripted model server, the Api and a Worker as real
/// processes, and a cast of three test bots: <c>talker</c> (the model server), <c>rehearsed</c> (the offline model) and
/// <c>mute</c> (may not speak).
/// </summary>
public sealed class TestPlatform : IAsyncDisposable
{
    /// <summary>How long anything that should happen soon may take on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _config = Directory.CreateTempSubdirectory("platform-config-").FullName;
    private readonly List<HostProcess> _hosts = [];

    private TestPlatform(TestDatabase database, string redis, ModelServer models)
    {
        Database = database;
        Models = models;
        Settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings__platformdb"] = database.ConnectionString,
            ["ConnectionStrings__redis"] = redis,
            ["CONFIG_PATH"] = _config,
            ["TEST_MODEL_KEY"] = models.ApiKey,
            ["OPENAI_API_KEY"] = null,
            ["OPENROUTER_API_KEY"] = null,
            ["ANTHROPIC_API_KEY"] = null,
        };
    }

    public TestDatabase Database { get; }

    public ModelServer Models { get; }

    /// <summary>What every host of this platform is started with.</summary>
    public Dictionary<string, string?> Settings { get; }

    public HostProcess Api => _hosts.First(host => host.Project == "Api");

    /// <summary>Every host, in the order of their start.</summary>
    public IReadOnlyList<HostProcess> Hosts => _hosts;

    public HostProcess Worker => _hosts.First(host => host.Project == "Worker");

    /// <summary>All workers, in the order of their first start.</summary>
    public IReadOnlyList<HostProcess> Workers => [.. _hosts.Where(host => host.Project == "Worker")];

    /// <summary>A client of the Api, open to it as a program on the same machine is in Development.</summary>
    public HttpClient Client => Api.Client;

    /// <summary>Starts everything and waits until the cast is there.</summary>
    /// <param name="postgres">The run's cluster.</param>
    /// <param name="redis">Connection string of the Redis to use.</param>
    /// <param name="change">Changes settings before the hosts start.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<TestPlatform> StartAsync(
        LocalPostgres postgres, string redis, CancellationToken cancellationToken, Action<Dictionary<string, string?>>? change = null) =>
        await StartAsync(await postgres.CreateDatabaseAsync(cancellationToken), redis, change, cancellationToken);

    /// <summary>Starts everything on a cluster of the test's own, which the test may stop; it must run again at the end.</summary>
    /// <inheritdoc cref="StartAsync(LocalPostgres, string, CancellationToken, Action{Dictionary{string, string?}}?)"/>
    public static async Task<TestPlatform> StartAsync(
        PostgresServer postgres, string redis, CancellationToken cancellationToken, Action<Dictionary<string, string?>>? change = null) =>
        await StartAsync(await TestDatabase.CreateOnAsync(postgres, cancellationToken), redis, change, cancellationToken);

    private static async Task<TestPlatform> StartAsync(
        TestDatabase database, string redis, Action<Dictionary<string, string?>>? change, CancellationToken cancellationToken)
    {
        var platform = new TestPlatform(database, redis, await ModelServer.StartAsync(cancellationToken));
        try
        {
            change?.Invoke(platform.Settings);
            await platform.WriteCastAsync(cancellationToken);
            await Task.WhenAll(platform.AddHostAsync("Api", cancellationToken), platform.AddHostAsync("Worker", cancellationToken));
            await Eventually.TrueAsync(platform.CastIsThereAsync, Patience, "the cast is in force");
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts another host of this platform.</summary>
    public async Task<HostProcess> AddHostAsync(string project, CancellationToken cancellationToken)
    {
        var host = await HostProcess.StartReadyAsync(project, Settings, cancellationToken);
        lock (_hosts)
        {
            _hosts.Add(host);
        }

        return host;
    }

    public async Task<ConversationResponse> ConverseAsync(string bot, CancellationToken cancellationToken)
    {
        using var response = await Client.PostAsJsonAsync(
            "/api/v1/conversations", new CreateConversationRequest(bot), WireJson.Options, cancellationToken);
        return await ReadAsync<ConversationResponse>(response, cancellationToken);
    }

    public async Task<PostMessageResponse> PostAsync(string conversationId, string content, CancellationToken cancellationToken)
    {
        using var response = await Client.PostAsJsonAsync(
            $"/api/v1/conversations/{conversationId}/messages", new PostMessageRequest(content), WireJson.Options, cancellationToken);
        return await ReadAsync<PostMessageResponse>(response, cancellationToken);
    }

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => GetFromAsync<T>(Client, path, cancellationToken);

    /// <summary>Waits for the end of an activation.</summary>
    public async Task<ActivationResponse> EndOfAsync(string activationId, CancellationToken cancellationToken)
    {
        ActivationResponse? activation = null;
        await Eventually.TrueAsync(
            async token =>
            {
                activation = await GetAsync<ActivationResponse>($"/api/v1/activations/{activationId}", token);
                return activation.State is not (ActivationState.Queued or ActivationState.Running);
            },
            Patience,
            $"activation {activationId} ends; the worker says:\n{Worker.Log}");
        return activation ?? throw new InvalidOperationException("The condition held without an answer.");
    }

    public async Task<IReadOnlyList<MessageResponse>> MessagesAsync(string conversationId, CancellationToken cancellationToken) =>
        (await GetAsync<MessageList>($"/api/v1/conversations/{conversationId}/messages?limit=100", cancellationToken)).Messages;

    /// <summary>Opens a conversation's stream; the caller disposes the response.</summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(string conversationId, string? lastEventId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/conversations/{conversationId}/stream");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_hosts.Select(host => host.DisposeAsync().AsTask()));
        await Models.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_config, recursive: true);
    }

    private static async Task<T> GetFromAsync<T>(HttpClient client, string path, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await ReadAsync<T>(response, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            Assert.Fail($"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return await response.Content.ReadFromJsonAsync<T>(WireJson.Options, cancellationToken)
            ?? throw new InvalidOperationException($"{response.RequestMessage?.RequestUri} answered null.");
    }

    private async Task<bool> CastIsThereAsync(CancellationToken cancellationToken) =>
        (await GetAsync<Platform.Contracts.Bots.BotList>("/api/v1/bots", cancellationToken)).Bots.Count == 3;

    private async Task WriteCastAsync(CancellationToken cancellationToken)
    {
        var bots = Directory.CreateDirectory(Path.Combine(_config, "bots")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(_config, "shared.yaml"),
            $"providers:\n  tests:\n    api_key: ${{TEST_MODEL_KEY}}\n    api_base: {Models.BaseAddress}\n",
            cancellationToken);
        await WriteAsync("talker", "continuation_model: tests/test-model\nsystem_prompt: You are a test.\n");
        await WriteAsync("rehearsed", "continuation_model: rehearsal\n");
        await WriteAsync("mute", "continuation_model: rehearsal\nmay_speak: false\n");

        Task WriteAsync(string name, string rest) =>
            File.WriteAllTextAsync(Path.Combine(bots, name + ".yaml"), $"name: {name}\n{rest}", cancellationToken);
    }
}
