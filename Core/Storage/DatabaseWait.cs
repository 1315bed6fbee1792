using Microsoft.Extensions.Hosting;

namespace Platform.Core.Storage;

/// <summary>Logs that the host waits for its database, and when it is ready. Until then requests are refused.</summary>
public sealed class DatabaseWait(DatabaseState database) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => database.WhenReadyAsync(stoppingToken);
}
