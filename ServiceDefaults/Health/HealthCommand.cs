using System.Globalization;
using Platform.ServiceDefaults.Outgoing;
using Platform.ServiceDefaults.Startup;

namespace Platform.ServiceDefaults.Health;

/// <summary>
/// <c>dotnet X.dll health</c>: checks whether the host in the same container is ready, so that the image needs no curl;
/// <c>health alive</c> checks only whether its process answers.
/// </summary>
public static class HealthCommand
{
    private const int DefaultPort = 8080;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The plain-HTTP port of the host that runs in the same container.</summary>
    public static int PortOfThisHost => Port(Environment.GetEnvironmentVariable);

    /// <summary>Runs when the first argument is <c>health</c>.</summary>
    /// <returns>The exit code: 0 ready, 1 not, 2 for an unknown argument; null when the arguments ask for something else.</returns>
    public static async Task<int?> TryRunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        switch (args)
        {
            case ["health"]:
                return await RequestAsync(PortOfThisHost, "ready", cancellationToken);
            case ["health", "alive"]:
                return await RequestAsync(PortOfThisHost, "alive", cancellationToken);
            case ["health", ..]:
                await Console.Error.WriteLineAsync($"Unknown argument '{args[^1]}': health takes alive, or nothing. See --help.");
                return HostArguments.BadUsage;
            default:
                return null;
        }
    }

    /// <summary>0 when the probe answers with success, else 1.</summary>
    internal static async Task<int> RequestAsync(int port, string probe, CancellationToken cancellationToken)
    {
        using var client = OutgoingHttp.CreateDirectClient();
        client.Timeout = Patience;
        var address = new Uri($"http://127.0.0.1:{port}/{probe}");
        try
        {
            using var response = await client.GetAsync(address, cancellationToken);
            await Console.Out.WriteLineAsync(await response.Content.ReadAsStringAsync(cancellationToken));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not respond: {exception.Message}");
            return 1;
        }
    }

    /// <summary>The plain-HTTP port that Kestrel takes from the same variables: URLs take precedence over ports.</summary>
    internal static int Port(Func<string, string?> variable)
    {
        var urls = variable("ASPNETCORE_URLS") ?? variable("URLS") ?? variable("DOTNET_URLS") ?? "";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = url.LastIndexOf(':');
            if (url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(url.AsSpan(colon + 1).TrimEnd('/'), NumberStyles.None, CultureInfo.InvariantCulture, out var fromUrl))
            {
                return fromUrl;
            }
        }

        var ports = variable("ASPNETCORE_HTTP_PORTS") ?? variable("HTTP_PORTS") ?? variable("DOTNET_HTTP_PORTS") ?? "";
        var first = ports.Split(';', StringSplitOptions.TrimEntries)[0];
        return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : DefaultPort;
    }
}
