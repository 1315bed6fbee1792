using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.AppHost.WithoutContainers;

namespace Platform.AppHost.Development;

/// <summary>
/// Restarts a host or a local database server that crashed, since Aspire does not. What is stopped in the dashboard stays
/// stopped, and <c>migrate</c> is meant to end.
/// </summary>
internal sealed partial class RestartService(
    ResourceNotificationService notifications,
    ResourceCommandService commands,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<RestartService> logger) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>What ran this long before it ended is started again after the first delay.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Instance> _instances = new(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping.Token))
            {
                if (IsRestarted(change.Resource))
                {
                    Observe(_instances.GetOrAdd(change.ResourceId, id => new Instance(id)), change.Snapshot, stopping.Token);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The run ends.
        }
    }

    private static bool IsRestarted(IResource resource) => resource is LocalServer or ProjectResource { Name: not "migrate" };

    private void Observe(Instance instance, CustomResourceSnapshot snapshot, CancellationToken stopping)
    {
        var state = snapshot.State?.Text;
        if (state == instance.State)
        {
            return;
        }

        var before = instance.State;
        instance.State = state;
        if (state == KnownResourceStates.Running)
        {
            instance.RunningSince = clock.GetTimestamp();
        }
        else if (before == KnownResourceStates.Running && (state == KnownResourceStates.Exited || state == KnownResourceStates.Finished))
        {
            _ = RestartAsync(instance, snapshot.ExitCode, stopping);
        }
    }

    private async Task RestartAsync(Instance instance, int? exitCode, CancellationToken stopping)
    {
        instance.Restarts = clock.GetElapsedTime(instance.RunningSince) > Stable ? 0 : instance.Restarts + 1;
        var delay = FirstDelay * Math.Pow(2, Math.Min(instance.Restarts, 5));
        delay = delay > LongestDelay ? LongestDelay : delay;
        try
        {
            LogRestarting(instance.Id, exitCode?.ToString(CultureInfo.InvariantCulture) ?? "unknown", delay.TotalSeconds);
            await Task.Delay(delay, clock, stopping);
            var result = await commands.ExecuteCommandAsync(instance.Id, KnownResourceCommands.StartCommand, stopping);
            if (!result.Success)
            {
                LogNotRestarted(instance.Id, result.Message ?? "no reason given");
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The run ends; nothing is to be started any more.
        }
    }

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Resource} ended with exit code {ExitCode}; restarting it in {DelaySeconds} s")]
    private partial void LogRestarting(string resource, string exitCode, double delaySeconds);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "{Resource} could not be restarted: {Reason}")]
    private partial void LogNotRestarted(string resource, string reason);

    private sealed class Instance(string id)
    {
        public string Id => id;

        public string? State { get; set; }

        public long RunningSince { get; set; }

        public int Restarts { get; set; } = -1;
    }
}
