using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Platform.Core.Storage;

/// <summary>
/// Logs that the host waits for its database, and when it is ready; until then requests are refused. From then on it asks Postgres once a second
/// whether it answers, so that requests are also refused at once if Postgres froze while nobody used it.
/// </summary>
public sealed class DatabaseWatch(DatabaseState database, NpgsqlDataSource source, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // What failed is logged as what is waited for.
        database.RepeatAsync(AskAsync, _ => { }, TimeSpan.Zero, stoppingToken);

    private async Task AskAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Interval, clock, stoppingToken);

        // The statement is not cancelled: Npgsql asks the server to do that and waits for it, which would delay the host's stop until a frozen one continues.
        var answer = source.Sql("select 1").ExecuteAsync(CancellationToken.None);
        await database.SuspectWhileSlowAsync(answer, Interval).WaitAsync(stoppingToken);
    }
}
