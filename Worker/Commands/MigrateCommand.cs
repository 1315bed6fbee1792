using System.Net.Sockets;
using System.CommandLine;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Worker.Commands;

/// <summary><c>worker migrate</c>: migrates the database schema to this version. Waits for Postgres to start.</summary>
internal static partial class MigrateCommand
{
    // One holds the lock while the other works.
    private const int MaxConnections = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var command = new Command("migrate", "Migrate the database schema to this version. Waits up to two minutes for Postgres.");
        command.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            () => CommandHost.Build(MaxConnections), parsed.InvocationConfiguration.Error, services => RunAsync(services, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(MigrateCommand));
        var clock = services.GetRequiredService<TimeProvider>();
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
                return 0;
            }
            catch (Exception exception) when (exception is NpgsqlException { IsTransient: true } or SocketException
                && clock.GetElapsedTime(start) < Longest)
            {
                LogWaiting(logger, exception.Message);
                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (PostgresException exception) when (!CommandRun.IsDatabaseAway(exception))
            {
                LogFailed(logger, exception);
                return 1;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for Postgres before migrating: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The migration failed and was rolled back")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
