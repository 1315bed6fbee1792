using System.Net;

namespace Platform.Tests.Infrastructure;

/// <summary>A built host (Api, Worker, Web) as a process of its own, for tests that kill it or that need the real thing.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(40);

    private readonly string _project;
    private readonly string[] _arguments;
    private readonly Dictionary<string, string?> _environment;
    private ChildProcess _process;

    private HostProcess(string project, string[] arguments, IReadOnlyDictionary<string, string?> environment)
    {
        _project = project;
        _arguments = arguments;
        var port = FreePort.Next();
        BaseAddress = new Uri($"http://127.0.0.1:{port}");
        _environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = BaseAddress.OriginalString,
            // A test must not depend on what the person who runs it has set.
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = null,
            ["API_KEY"] = null,
            ["AUTH_TOKEN"] = null,
            ["JWT_SECRET"] = null,
            // All tests come from one address.
            ["Access__FreeAttempts"] = "1000000",
        };
        foreach (var (key, value) in environment)
        {
            _environment[key] = value;
        }

        foreach (var (key, value) in DatabaseRoles.For(project, arguments, environment))
        {
            _environment[key] = value;
        }

        Client = new HttpClient { BaseAddress = BaseAddress };
        _process = Launch();
    }

    public string Project => _project;

    public Uri BaseAddress { get; }

    /// <summary>A client of the host without credentials.</summary>
    public HttpClient Client { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public int Id => _process.Id;

    /// <summary>What the host wrote since its last start.</summary>
    public string Log => _process.Output;

    /// <summary>Starts a host without waiting for it.</summary>
    /// <param name="project">The project's name: <c>Api</c>, <c>Worker</c> or <c>Web</c>.</param>
    /// <param name="environment">Settings, such as <c>ConnectionStrings__platformdb</c>; null removes a variable.</param>
    /// <param name="arguments">Such as <c>migrate</c>.</param>
    public static HostProcess Start(string project, IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        new(project, arguments, environment);

    /// <summary>Starts a host and waits until it is ready.</summary>
    public static async Task<HostProcess> StartReadyAsync(
        string project, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        var host = Start(project, environment);
        try
        {
            await host.WaitUntilReadyAsync(TimeSpan.FromSeconds(60), cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until <c>/ready</c> answers 200.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message holds its log.</exception>
    public Task WaitUntilReadyAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        WaitAsync(status => status == HttpStatusCode.OK, patience, cancellationToken);

    /// <summary>Waits until <c>/ready</c> answers anything, as a host does whose dependencies are away.</summary>
    /// <inheritdoc cref="WaitUntilReadyAsync" path="/exception"/>
    public Task WaitUntilAnsweringAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        WaitAsync(status => status is not null, patience, cancellationToken);

    /// <summary>The status of <c>/ready</c>; null when nothing answers.</summary>
    public async Task<HttpStatusCode?> ReadyStatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.GetAsync(new Uri("/ready", UriKind.Relative), cancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Waits for the end of a host that ends by itself, such as <c>worker migrate</c>, and gives its exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.SignalTree(UnixSignal.Kill);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGTERM, then waits up to 40 s for the orderly end.</summary>
    /// <returns>Whether the host ended by itself.</returns>
    public Task<bool> TerminateAsync() => _process.EndAsync(UnixSignal.Terminate, StopPatience);

    /// <summary>Freezes the host, as a machine out of breath would.</summary>
    public void Pause() => _process.SignalTree(UnixSignal.Stop);

    /// <summary>Ends a <see cref="Pause"/>.</summary>
    public void Resume() => _process.SignalTree(UnixSignal.Continue);

    /// <summary>Starts the host again, after its end, with the same settings and port.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await _process.DisposeAsync();
        _process = Launch();
        await WaitUntilReadyAsync(TimeSpan.FromSeconds(60), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }

    private async Task WaitAsync(Func<HttpStatusCode?, bool> isThere, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);
        while (!isThere(await ReadyStatusAsync(timeout.Token)))
        {
            if (HasExited || timeout.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new InvalidOperationException($"{_project} was not ready (ended: {HasExited}, waited {patience.TotalSeconds:0} s at most):\n{Log}");
            }

            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(50), timeout.Token));
        }
    }

    private ChildProcess Launch()
    {
        var program = Repository.ProgramOf(_project);
        if (!File.Exists(program))
        {
            throw new InvalidOperationException($"{program} is not built.");
        }

        return ChildProcess.Start(_project, Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet",
            [program, .. _arguments], _environment, Repository.PathOf(_project));
    }
}
