using System.Globalization;
using Platform.Contracts;
using Platform.Contracts.Activations;
using Platform.Contracts.Bots;
using Platform.Contracts.Conversations;
using Platform.Contracts.Traces;
using Platform.ServiceDefaults.Health;
using Platform.ServiceDefaults.Outgoing;
using Platform.ServiceDefaults.Startup;

namespace Platform.Api.Commands;

/// <summary>
/// <c>dotnet Api.dll smoke</c>: smoke test of the host in the same container: health, a read with the key, and
/// an answer of the offline model with its trace. It leaves one conversation and makes no paid call. <c>smoke 10</c> sets a timeout of ten seconds.
/// </summary>
internal static class SmokeCommand
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The Api's usage.</summary>
    public static HostUsage Usage { get; } = new(
        "Api", "The platform's HTTP API.", ("smoke [SECONDS]", "smoke test of the Api in the same container: a read and an answer of the offline model. Exit code 0 or 1"));

    /// <summary>Runs when the first argument is <c>smoke</c>.</summary>
    /// <returns>
    /// The exit code: 0 when all works, 1 with the reason on the standard error, 2 for an unknown argument; null when the arguments ask for something else.
    /// </returns>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        if (args is not ["smoke", ..])
        {
            return null;
        }

        var given = 0;
        if (args.Length > 2 || (args is [_, var seconds] && (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out given) || given == 0)))
        {
            await Console.Error.WriteLineAsync($"Unknown argument '{args[^1]}': smoke takes a timeout in seconds, or nothing. See --help.");
            return HostArguments.BadUsage;
        }

        var patience = given > 0 ? TimeSpan.FromSeconds(given) : UsualPatience;
        using var stop = new CancellationTokenSource(patience);
        using var client = OutgoingHttp.CreateDirectClient();
        client.BaseAddress = new Uri($"http://127.0.0.1:{HealthCommand.PortOfThisHost}");
        if (Key() is { Length: > 0 } key)
        {
            client.DefaultRequestHeaders.Add("X-API-Key", key);
        }

        try
        {
            await Console.Out.WriteLineAsync(await RunAsync(client, stop.Token));
            return 0;
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(exception is OperationCanceledException ? $"Smoke test: timed out after {patience.TotalSeconds} s." : exception.Message);
            return 1;
        }
    }

    private static async Task<string> RunAsync(HttpClient client, CancellationToken cancellationToken)
    {
        foreach (var path in (string[])["/healthz", "/ready"])
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            response.EnsureSuccessStatusCode();
        }

        var bots = await GetAsync<BotList>(client, "/api/v1/bots", cancellationToken);
        foreach (var bot in bots.Bots.Where(bot => bot.Enabled))
        {
            var activation = await AskAsync(client, bot.Handle, cancellationToken);
            if (activation.State is ActivationState.Silent)
            {
                continue; // Its file disables answers: try another one.
            }

            if (activation.State is not ActivationState.Answered)
            {
                throw new InvalidOperationException($"{bot.Handle} did not answer: {activation.State}, {activation.Error?.Message ?? "no reason given"}");
            }

            var traces = await GetAsync<TraceList>(client, $"/api/v1/traces?q={activation.Id}", cancellationToken);
            return traces.Traces is [{ Rehearsal: true }, ..]
                ? $"Smoke test passed: health, a read with the key, an answer of {bot.Handle} and its trace."
                : throw new InvalidOperationException("The bot answered, but its trace is missing.");
        }

        return "Smoke test passed: health and a read with the key. No bot was tested: none is enabled and may answer.";
    }

    private static async Task<ActivationResponse> AskAsync(HttpClient client, string bot, CancellationToken cancellationToken)
    {
        var conversation = await PostAsync<CreateConversationRequest, ConversationResponse>(
            client, "/api/v1/conversations", new CreateConversationRequest(bot, "Deployment check"), cancellationToken);
        var posted = await PostAsync<PostMessageRequest, PostMessageResponse>(
            client, $"/api/v1/conversations/{conversation.Id}/messages", new PostMessageRequest("Are you there?", "rehearsal:fast"), cancellationToken);
        while (true)
        {
            var activation = await GetAsync<ActivationResponse>(client, $"/api/v1/activations/{posted.ActivationId}", cancellationToken);
            if (activation.State is not (ActivationState.Queued or ActivationState.Running))
            {
                return activation;
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The key as the host gets it: from its environment or from the file that this names.</summary>
    private static string? Key() =>
        Environment.GetEnvironmentVariable("API_KEY")
        ?? (Environment.GetEnvironmentVariable("API_KEY_FILE") is { } file && File.Exists(file) ? File.ReadAllText(file).Trim() : null);

    private static async Task<T> GetAsync<T>(HttpClient client, string path, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await ReadAsync<T>(response, path, cancellationToken);
    }

    private static async Task<TAnswer> PostAsync<TBody, TAnswer>(HttpClient client, string path, TBody body, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync(path, body, WireJson.Options, cancellationToken);
        return await ReadAsync<TAnswer>(response, path, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, string path, CancellationToken cancellationToken) =>
        response.IsSuccessStatusCode && await response.Content.ReadFromJsonAsync<T>(WireJson.Options, cancellationToken) is { } value
            ? value
            : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
}
