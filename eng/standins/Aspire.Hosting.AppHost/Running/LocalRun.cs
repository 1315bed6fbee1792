using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Runs the graph as processes of this machine, until Ctrl-C or SIGTERM.</summary>
internal sealed class LocalRun
{
    private readonly DistributedApplicationBuilder _builder;
    private readonly string _dataDirectory;
    private readonly IReadOnlyList<Replica> _replicas;
    private readonly RunLog _log;
    private readonly ILookup<IResource, RunningResource> _resources;
    private readonly List<RunningResource> _started = [];
    private readonly Lock _gate = new();
    private RunFolder? _folder;
    private long? _firstSignal;
    private string _status = "starting";
    private string? _reason;

    public LocalRun(DistributedApplicationBuilder builder)
    {
        _builder = builder;
        _dataDirectory = Path.GetFullPath(builder.Configuration[RunSettings.DataDirectoryKey] ?? Path.Combine(builder.AppHostDirectory, "..", ".data"));
        _replicas = [.. builder.Resources.Where(resource => resource is ContainerResource or ProjectResource).SelectMany(Replica.Of)];
        _log = new RunLog(_replicas.Select(replica => replica.Name));
        _resources = _replicas.ToLookup(replica => replica.Resource, replica => new RunningResource(replica, builder, _dataDirectory, _log));
    }

    /// <exception cref="DistributedApplicationException">Something could not start; everything is stopped again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        RunLog.Say($"Stand-ins in use: {string.Join(", ", _builder.Notes.StandIns)}.");
        RunLog.Say($"Data: {_dataDirectory}");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, stop));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => OnSignal(context, stop));
        using var folder = await RunFolder.OpenAsync(_dataDirectory);
        _folder = folder;
        try
        {
            AllocatePorts();
            Save();
            await StartAsync(stop.Token);
            SaveAs("ready");
            SayUrls();
            await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop, while starting or after.
        }
        catch (DistributedApplicationException exception)
        {
            _reason = exception.Message;
            throw;
        }
        finally
        {
            await StopAsync();
            if (_reason is null)
            {
                folder.Clear();
            }
            else
            {
                SaveAs("failed");
            }
        }
    }

    /// <summary>A second signal ends everything at once, unless it is the first one's echo: some senders signal a process and its group.</summary>
    private void OnSignal(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        lock (_gate)
        {
            _firstSignal ??= TimeProvider.System.GetTimestamp();
        }

        if (TimeProvider.System.GetElapsedTime(_firstSignal.Value) > RunSettings.SignalEcho)
        {
            foreach (var resource in Started())
            {
                resource.Process?.Kill();
            }
        }

        stop.Cancel();
    }

    private void AllocatePorts()
    {
        foreach (var resource in _resources)
        {
            foreach (var endpoint in resource.Key.Annotations.OfType<EndpointAnnotation>())
            {
                if (endpoint.Port is not null && resource.Count() > 1)
                {
                    throw new DistributedApplicationException(
                        $"{resource.Key.Name} has {resource.Count()} replicas, but its endpoint '{endpoint.Name}' the fixed port {endpoint.Port}. "
                        + "No proxy shares a port among them here: set the endpoint's Port to null, and each listens on a free one.");
                }

                endpoint.AllocatedPorts = [.. resource.Select(replica => AllocatePort(endpoint, replica.Name))];
            }
        }
    }

    private static int AllocatePort(EndpointAnnotation endpoint, string name)
    {
        var port = endpoint.Port ?? PortOwner.FindFree();
        if (PortOwner.IsTaken(port))
        {
            var owner = PortOwner.Find(port) ?? "a process that cannot be seen from here";
            throw new DistributedApplicationException($"Port {port} of {name} is taken by {owner}.");
        }

        return port;
    }

    /// <summary>Completes when everything is healthy; the first failure ends the waiting of all.</summary>
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var starting = _resources.SelectMany(replicas => replicas).Select(resource => resource.StartAsync(_resources, OnStarted, failed.Token)).ToList();
        try
        {
            await foreach (var task in Task.WhenEach(starting).WithCancellation(cancellationToken))
            {
                await task;
            }
        }
        catch
        {
            await failed.CancelAsync();
            await Task.WhenAll(starting).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
    }

    private void OnStarted(RunningResource resource)
    {
        lock (_gate)
        {
            _started.Add(resource);
        }

        Save();
        _ = WatchAsync(resource);
    }

    /// <summary>As in Aspire, what has ended stays ended.</summary>
    private async Task WatchAsync(RunningResource resource)
    {
        if (resource.Process is { } process)
        {
            var exitCode = await process.Exited;
            if (_status != "stopping")
            {
                var awaited = _builder.Resources.SelectMany(other => other.Annotations.OfType<WaitAnnotation>())
                    .Any(wait => wait.Resource == resource.Resource && wait.WaitType == WaitType.WaitForCompletion && wait.ExitCode == exitCode);
                _log.Write(resource.Name, awaited ? "(completed)" : $"(ended with {RunningResource.Describe(exitCode)}; it is not started again)");
                Save();
            }
        }
    }

    private async Task StopAsync()
    {
        SaveAs("stopping");
        foreach (var resource in Started().AsEnumerable().Reverse())
        {
            if (resource.Process is { Exited.IsCompleted: false } process)
            {
                _log.Write(resource.Name, "(stopping)");
                if (!await process.StopAsync(RunSettings.StopGrace))
                {
                    _log.Write(resource.Name, $"(did not stop within {RunSettings.StopGrace.TotalSeconds} s and was killed)");
                }
            }
        }
    }

    private void SayUrls()
    {
        var rows = Urls().OrderByDescending(row => row.IsExternal).ToList();
        var width = rows.Max(row => row.Replica.Name.Length);
        RunLog.Say("Everything is healthy. Ctrl-C stops it.");
        foreach (var row in rows)
        {
            RunLog.Say($"  {row.Replica.Name.PadRight(width)}  {row.Url}");
        }
    }

    private IEnumerable<(Replica Replica, string Url, bool IsExternal)> Urls() =>
        from replica in _replicas
        from endpoint in replica.Resource.Annotations.OfType<EndpointAnnotation>()
        where endpoint.AllocatedPorts.Count > 0
        select (replica, $"{endpoint.UriScheme}://localhost:{endpoint.AllocatedPorts[replica.Index]}", endpoint.IsExternal);

    private List<RunningResource> Started()
    {
        lock (_gate)
        {
            return [.. _started];
        }
    }

    private void SaveAs(string status)
    {
        _status = status;
        Save();
    }

    private void Save()
    {
        lock (_gate)
        {
            _folder?.Write(new RunState
            {
                Status = _status,
                Reason = _reason,
                Pid = Environment.ProcessId,
                Urls = Urls().Where(row => row.Replica.Resource is ProjectResource).DistinctBy(row => row.Replica).ToDictionary(row => row.Replica.Name, row => row.Url),
                Processes =
                [
                    .. _started.Where(resource => resource.Process is { Exited.IsCompleted: false })
                        .Select(resource => new RunStateProcess(resource.Name, resource.Process?.Pid ?? 0, ProcessSignals.StartTicks(resource.Process?.Pid ?? 0))),
                ],
            });
        }
    }
}
