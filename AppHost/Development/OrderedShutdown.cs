using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.AppHost.Development;

/// <summary>
/// Stops the hosts before anything else when the run ends, and waits for them. The orchestrator alone stops everything at once, so that an answer that
/// a worker is about to store would find no database, and kills a host that has not ended some seconds after SIGTERM.
/// </summary>
internal sealed partial class OrderedShutdown(
    ResourceNotificationService notifications,
    ResourceCommandService commands,
    ILogger<OrderedShutdown> logger) : BackgroundService
{
    private const int Terminate = 15;

    /// <summary>A host gets 30 s itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(35);

    /// <summary>The newest state of each host, by instance.</summary>
    private readonly ConcurrentDictionary<string, CustomResourceSnapshot> _hosts = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await Task.WhenAll(_hosts.Select(host => StopAsync(host.Key, ProcessOf(host.Value), patience.Token)));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            LogSlow(Patience.TotalSeconds);
        }

        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (change.Resource is ProjectResource)
                {
                    _hosts[change.ResourceId] = change.Snapshot;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The run ends.
        }
    }

    private async Task StopAsync(string instance, int? processId, CancellationToken cancellationToken)
    {
        if (processId is not { } id || OperatingSystem.IsWindows())
        {
            await commands.ExecuteCommandAsync(instance, KnownResourceCommands.StopCommand, cancellationToken);
            return;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            _ = SendSignal(id, Terminate);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }

    /// <summary>The process that the orchestrator started for a host, which passes the signal on to it; null while there is none.</summary>
    private static int? ProcessOf(CustomResourceSnapshot host) =>
        host.State?.Text == KnownResourceStates.Running
        && host.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is int id
            ? id
            : null;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "Hosts did not stop within {Seconds} s; stopping everything now")]
    private partial void LogSlow(double seconds);
}
