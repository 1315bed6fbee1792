using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Platform.AppHost.Development;

/// <summary>Writes what the graph's programs and containers log to standard output too, each line behind its resource's name, so that one log holds everything.</summary>
internal sealed class ResourceConsole(ResourceNotificationService notifications, ResourceLoggerService logs) : BackgroundService
{
    private readonly ConcurrentDictionary<string, Task> _followed = new(StringComparer.Ordinal);
    private readonly LogOutput _output = new(Console.Out);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (change.Resource is ProjectResource or ExecutableResource or ContainerResource && change.Resource.Name != "aspire-dashboard")
                {
                    _ = _followed.GetOrAdd(change.ResourceId, id => FollowAsync(id, NameOf(change), stoppingToken));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The run ends.
        }

        await Task.WhenAll(_followed.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Replicas are told apart by the suffix that the dashboard shows.
    private static string NameOf(ResourceEvent change) =>
        change.Resource.GetReplicaCount() > 1 ? change.ResourceId : change.Resource.Name;

    private async Task FollowAsync(string id, string name, CancellationToken stoppingToken)
    {
        await foreach (var batch in logs.WatchAsync(id).WithCancellation(stoppingToken))
        {
            foreach (var line in batch)
            {
                _output.WriteLine($"{name,-15} {WithoutTimestamp(line.Content)}");
            }
        }
    }

    /// <summary>The orchestrator puts a timestamp and a blank before each line; most programs write their own.</summary>
    private static string WithoutTimestamp(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end && DateTimeOffset.TryParse(line.AsSpan(0, end), out _) ? line[(end + 1)..] : line;
}
