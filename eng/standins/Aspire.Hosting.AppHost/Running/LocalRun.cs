using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Runs the graph as processes of this machine, until Ctrl-C or SIGTERM.</summary>
internal sealed class LocalRun
{
    private readonly DistributedApplicationBuilder _builder;
    private readonly string _dataDirectory;
    private readonly RunLog _log;
    private readonly Dictionary<IResource, RunningResource> _resources;
    private readonly List<RunningResource> _started = [];
    private readonly Lock _gate = new();
    private RunFolder? _folder;
    private string _status = "starting";
    private string? _reason;

    public LocalRun(DistributedApplicationBuilder builder)
    {
        _builder = builder;
        _dataDirectory = Path.GetFullPath(builder.Configuration[RunSettings.DataDirectoryKey] ?? Path.Combine(builder.AppHostDirectory, "..", ".data"));
        var runnable = builder.Resources.Where(resource => resource is ContainerResource or ProjectResource).ToList();
        _log = new RunLog(runnable.Select(resource => resource.Name));
        _resources = runnable.ToDictionary(resource => resource, resource => new RunningResource(resource, builder, _dataDirectory, _log));
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

    /// <summary>The second signal ends everything at once.</summary>
    private void OnSignal(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        if (stop.IsCancellationRequested)
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
        foreach (var resource in _resources.Keys)
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                endpoint.AllocatedPort = endpoint.Port ?? PortOwner.FindFree();
                if (PortOwner.IsTaken(endpoint.AllocatedPort.Value))
                {
                    var owner = PortOwner.Find(endpoint.AllocatedPort.Value) ?? "a process that cannot be seen from here";
                    throw new DistributedApplicationException($"Port {endpoint.AllocatedPort} of {resource.Name} is taken by {owner}.");
                }
            }
        }
    }

    /// <summary>Completes when everything is healthy; the first failure ends the waiting of all.</summary>
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var starting = _resources.Values.Select(resource => resource.StartAsync(_resources, OnStarted, failed.Token)).ToList();
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
                var awaited = _resources.Keys.SelectMany(other => other.Annotations.OfType<WaitAnnotation>())
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
        var width = rows.Max(row => row.Resource.Name.Length);
        RunLog.Say("Everything is healthy. Ctrl-C stops it.");
        foreach (var row in rows)
        {
            RunLog.Say($"  {row.Resource.Name.PadRight(width)}  {row.Url}");
        }
    }

    private IEnumerable<(IResource Resource, string Url, bool IsExternal)> Urls() =>
        from resource in _resources.Keys
        from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
        where endpoint.AllocatedPort is not null
        select (resource, $"{endpoint.UriScheme}://localhost:{endpoint.AllocatedPort}", endpoint.IsExternal);

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
                Urls = Urls().Where(row => row.Resource is ProjectResource).DistinctBy(row => row.Resource).ToDictionary(row => row.Resource.Name, row => row.Url),
                Processes =
                [
                    .. _started.Where(resource => resource.Process is { Exited.IsCompleted: false })
                        .Select(resource => new RunStateProcess(resource.Name, resource.Process?.Pid ?? 0, ProcessSignals.StartTicks(resource.Process?.Pid ?? 0))),
                ],
            });
        }
    }
}
