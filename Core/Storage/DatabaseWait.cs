using Microsoft.Extensions.Hosting;

namespace Platform.Core.Storage;

/// <summary>Lets a host say in its log that it started before its database, and when that came. Requests are refused meanwhile.</summary>
public sealed class DatabaseWait(DatabaseState database) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => database.WhenReadyAsync(stoppingToken);
}
