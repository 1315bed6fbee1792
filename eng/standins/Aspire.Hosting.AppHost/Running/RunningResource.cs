using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>One resource of a run, or one replica of it: waits for what it depends on, starts, becomes healthy, ends.</summary>
internal sealed class RunningResource(Replica replica, DistributedApplicationBuilder builder, string dataDirectory, RunLog log)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = RunSettings.HealthTimeout };

    private readonly TaskCompletionSource<ChildProcess> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IResource Resource => replica.Resource;

    public string Name => replica.Name;

    /// <summary>The process, or null if it has not been started.</summary>
    public ChildProcess? Process => _started.Task.IsCompletedSuccessfully ? _started.Task.GetAwaiter().GetResult() : null;

    private LocalServer? Server => Resource.Annotations.OfType<LocalServer>().SingleOrDefault();

    /// <summary>Completes when the resource is healthy, or has completed if it is one that others wait for the completion of.</summary>
    /// <exception cref="DistributedApplicationException">It could not start, or ended before it was healthy.</exception>
    public async Task StartAsync(ILookup<IResource, RunningResource> others, Action<RunningResource> onStarted, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var wait in Resource.Annotations.OfType<WaitAnnotation>())
            {
                await WaitAsync(wait, others, cancellationToken);
            }

            var command = await DescribeAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var process = ChildProcess.Start(command, line => log.Write(Name, line));
            _started.SetResult(process);
            onStarted(this);
            await BecomeHealthyAsync(process, cancellationToken);
            _healthy.SetResult();
        }
        catch (Exception exception)
        {
            _started.TrySetException(exception);
            _healthy.TrySetException(exception);
            _ = _started.Task.Exception;
            _ = _healthy.Task.Exception;
            throw;
        }
    }

    private async Task WaitAsync(WaitAnnotation wait, ILookup<IResource, RunningResource> others, CancellationToken cancellationToken)
    {
        var target = wait.Resource;
        while (target is IResourceWithParent child)
        {
            target = child.Parent;
        }

        await Task.WhenAll(others[target].Select(other => wait.WaitType switch
        {
            WaitType.WaitForCompletion => WaitForCompletionAsync(other, wait.ExitCode, cancellationToken),
            WaitType.WaitUntilStarted => other._started.Task.WaitAsync(cancellationToken),
            _ => other._healthy.Task.WaitAsync(cancellationToken),
        }));
    }

    private async Task WaitForCompletionAsync(RunningResource other, int awaitedExitCode, CancellationToken cancellationToken)
    {
        var process = await other._started.Task.WaitAsync(cancellationToken);
        var exitCode = await process.Exited.WaitAsync(cancellationToken);
        if (exitCode != awaitedExitCode)
        {
            throw new DistributedApplicationException($"{Name} cannot start: it waits for {other.Name} to complete, which ended with {Describe(exitCode)}.");
        }
    }

    private async Task<ProcessCommand> DescribeAsync(CancellationToken cancellationToken)
    {
        var args = new List<string>();
        foreach (var arg in ResourceValues.Args(Resource, builder.ExecutionContext))
        {
            args.Add(await ResourceValues.ResolveAsync(arg, cancellationToken) ?? string.Empty);
        }

        if (Server is { } server)
        {
            var port = Resource.Annotations.OfType<EndpointAnnotation>().First().AllocatedPorts[replica.Index];
            var context = new LocalServerContext(Path.Combine(dataDirectory, Name), port, args, line => log.Write(Name, line));
            return await server.PrepareAsync(context, cancellationToken);
        }

        return await DescribeProjectAsync(args, cancellationToken);
    }

    private async Task<ProcessCommand> DescribeProjectAsync(List<string> args, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in ResourceValues.Environment(Resource, builder.ExecutionContext, replica.Index))
        {
            if (await ResourceValues.ResolveAsync(value, cancellationToken) is { } text)
            {
                variables[name] = text;
            }
        }

        var project = Resource.Annotations.OfType<IProjectMetadata>().Single();
        var profileArgs = Resource.Annotations.OfType<LaunchProfile>().SingleOrDefault()?.Args ?? [];
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return new ProcessCommand(host, [builder.Notes.OutputOf(project.ProjectPath), .. profileArgs, .. args])
        {
            WorkingDirectory = Path.GetDirectoryName(project.ProjectPath) ?? "/",
            Environment = variables,
        };
    }

    private async Task BecomeHealthyAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        var checks = Resource.Annotations.OfType<HttpHealthCheckAnnotation>().ToList();
        if (Server is null && checks.Count == 0)
        {
            return;
        }

        var mentioned = TimeProvider.System.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var complaint = Server is null ? await AskAsync(checks, cancellationToken) : await AskAsync(Server, cancellationToken);
            if (complaint is null)
            {
                return;
            }

            if (process.Exited.IsCompleted)
            {
                throw new DistributedApplicationException($"{Name} ended with {Describe(await process.Exited)} before it was healthy; its last lines above say why.");
            }

            if (TimeProvider.System.GetElapsedTime(mentioned) > RunSettings.Patience)
            {
                log.Write(Name, $"(not healthy yet: {complaint})");
                mentioned = TimeProvider.System.GetTimestamp();
            }

            await Task.WhenAny(process.Exited, Task.Delay(RunSettings.HealthInterval, cancellationToken));
        }
    }

    private static async Task<string?> AskAsync(LocalServer server, CancellationToken cancellationToken)
    {
        if (!await server.IsHealthyAsync(cancellationToken))
        {
            return "it does not answer";
        }

        await server.CompleteAsync(cancellationToken);
        return null;
    }

    private async Task<string?> AskAsync(IEnumerable<HttpHealthCheckAnnotation> checks, CancellationToken cancellationToken)
    {
        foreach (var check in checks)
        {
            var endpoints = Resource.Annotations.OfType<EndpointAnnotation>();
            var endpoint = endpoints.First(candidate => check.EndpointName is null || candidate.Name == check.EndpointName);
            var url = $"{endpoint.UriScheme}://localhost:{endpoint.AllocatedPorts[replica.Index]}{check.Path}";
            try
            {
                using var response = await Http.GetAsync(url, cancellationToken);
                if ((int)response.StatusCode != check.StatusCode)
                {
                    return $"{url} answers {(int)response.StatusCode}";
                }
            }
            catch (HttpRequestException exception)
            {
                return $"{url}: {exception.Message}";
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return $"{url} does not answer within {RunSettings.HealthTimeout.TotalSeconds} s";
            }
        }

        return null;
    }

    /// <summary>The exit code, and the signal behind it if there was one.</summary>
    public static string Describe(int exitCode) => exitCode switch
    {
        > 128 and < 160 when Enum.IsDefined((Signal)(exitCode - 128)) => $"exit code {exitCode} (signal {(Signal)(exitCode - 128)})",
        _ => string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}"),
    };
}
