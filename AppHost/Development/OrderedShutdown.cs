using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.AppHost.Development;

/// <summary>
/// Stops the hosts before anything else when the run ends, and waits for them: the orchestrator alone stops everything at once, and an answer that a
/// worker is about to store would find no database.
/// </summary>
internal sealed partial class OrderedShutdown(
    DistributedApplicationModel model,
    ResourceCommandService commands,
    ILogger<OrderedShutdown> logger) : IHostedService
{
    /// <summary>A host gets 30 s itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(35);

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var hosts = model.Resources.OfType<ProjectResource>();
            await Task.WhenAll(hosts.Select(host => commands.ExecuteCommandAsync(host, KnownResourceCommands.StopCommand, patience.Token)));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            LogSlow(Patience.TotalSeconds);
        }
    }

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "Hosts did not stop within {Seconds} s; stopping everything now")]
    private partial void LogSlow(double seconds);
}
