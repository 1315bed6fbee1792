using System.Globalization;
using System.Net.Http.Json;
using Platform.Contracts;
using Platform.Contracts.Activations;
using Platform.Contracts.Bots;
using Platform.Contracts.Conversations;

namespace Platform.Tests.Deployment;

/// <summary>Production or staging as its owner reaches it: by its ports, with its key, and through the engine.</summary>
internal sealed class DeployedEnvironment(DeploymentMachine machine, string name, int apiPort, int webPort)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Name => name;

    /// <summary>The version that it runs when a test begins.</summary>
    public string DeployedVersion { get; set; } = "";

    public int ApiPort => apiPort;

    public int WebPort => webPort;

    /// <summary>The name of a service's container.</summary>
    public string Container(string service) => $"platform-{name}-{service}-1";

    /// <summary>The tag that the Api's container was made from.</summary>
    public async Task<string> VersionAsync() => (await DockerEngine.InspectAsync(Container("api"), "{{.Config.Image}}")).Split(':')[^1];

    /// <summary>Whether every service is healthy, as the engine sees the databases and the hosts see themselves.</summary>
    public async Task<bool> IsHealthyAsync()
    {
        foreach (var database in (string[])["postgres", "redis"])
        {
            var (code, output) = await DockerEngine.TryAsync("inspect", "--format", "{{.State.Health.Status}}", Container(database));
            if (code != 0 || output != "healthy")
            {
                return false;
            }
        }

        foreach (var (service, program) in ((string, string)[])[("api", "Api.dll"), ("worker", "Worker.dll"), ("web", "Web.dll")])
        {
            var (code, _) = await DockerEngine.TryAsync("exec", Container(service), "dotnet", program, "health");
            if (code != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Deploys the tests' version again when another test left something else behind.</summary>
    public async Task RequireHealthyAsync()
    {
        if (!await IsHealthyAsync() || await VersionAsync() != DeployedVersion)
        {
            var again = await machine.PlatformAsync("deploy", name, DeployedVersion, "--yes");
            Assert.True(again.ExitCode == 0, again.Output);
        }
    }

    /// <summary>A client with the key that <c>./platform</c> made.</summary>
    /// <param name="port">Null: the Api's own.</param>
    public HttpClient Client(int? port = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port ?? apiPort}")) };
        client.DefaultRequestHeaders.Add("X-API-Key", File.ReadAllText(Path.Combine(machine.Folder, "deploy", "secrets", name, "api-key")));
        return client;
    }

    /// <summary>Asks a bot something and waits for its answer.</summary>
    /// <returns>The conversation.</returns>
    public async Task<string> AskAsync(string text)
    {
        using var client = Client();
        var bots = await client.GetFromJsonAsync<BotList>("/api/v1/bots", WireJson.Options, TestContext.Current.CancellationToken);
        var conversation = await PostAsync<CreateConversationRequest, ConversationResponse>(
            client, "/api/v1/conversations", new CreateConversationRequest(Assert.IsType<BotList>(bots).Bots.First(bot => bot.Enabled).Handle, "Deployment test"));
        await AskAsync(conversation.Id, text);
        return conversation.Id;
    }

    /// <summary>Asks in a conversation that is there and waits for the answer.</summary>
    public async Task AskAsync(string conversation, string text)
    {
        using var client = Client();
        var posted = await PostAsync<PostMessageRequest, PostMessageResponse>(
            client, $"/api/v1/conversations/{conversation}/messages", new PostMessageRequest(text, "rehearsal:fast"));
        await Eventually.TrueAsync(
            async stop => await client.GetFromJsonAsync<ActivationResponse>($"/api/v1/activations/{posted.ActivationId}", WireJson.Options, stop)
                is { State: ActivationState.Answered or ActivationState.Silent },
            Patience,
            $"an answer to '{text}' in {name}");
    }

    /// <summary>What was said in a conversation, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> SaidAsync(string conversation)
    {
        using var client = Client();
        var messages = await client.GetFromJsonAsync<MessageList>(
            $"/api/v1/conversations/{conversation}/messages", WireJson.Options, TestContext.Current.CancellationToken);
        return [.. Assert.IsType<MessageList>(messages).Messages.OrderBy(message => message.Sequence).Select(message => message.Content)];
    }

    /// <summary>What a query of the database prints, unaligned and without headings.</summary>
    public Task<string> SqlAsync(string sql) => DockerEngine.RunAsync(
        "exec", Container("postgres"), "psql", "--username=postgres", "--dbname=platformdb", "--no-align", "--tuples-only", "--quiet", $"--command={sql}");

    /// <summary>Runs a script beside a service, as root in its network and among its processes: the images of Api and Web have no shell.</summary>
    public Task<(int Code, string Output)> BesideAsync(string service, string script, params string[] arguments) => DockerEngine.TryAsync(
    [
        "run", "--rm", "--user", "0", "--network", $"container:{Container(service)}", "--pid", $"container:{Container(service)}",
        "--entrypoint", "timeout", $"platform-worker:{DeployedVersion}", "20", "bash", "-c", script, .. arguments,
    ]);

    /// <summary>Waits until every service is healthy.</summary>
    public Task BecomesHealthyAsync(string because) => Eventually.TrueAsync(_ => IsHealthyAsync(), TimeSpan.FromMinutes(2), because);

    private static async Task<TAnswer> PostAsync<TBody, TAnswer>(HttpClient client, string path, TBody body)
    {
        using var response = await client.PostAsJsonAsync(path, body, WireJson.Options, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return Assert.IsType<TAnswer>(await response.Content.ReadFromJsonAsync<TAnswer>(WireJson.Options, TestContext.Current.CancellationToken));
    }
}
