using Microsoft.Extensions.Logging.Console;
using Platform.Core.Backups;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.ServiceDefaults;

namespace Platform.Worker.Commands;

/// <summary>A host without a web server, for one-off commands.</summary>
internal static class CommandHost
{
    private const int MaxToolConnections = 5;

    /// <summary>Builds a host with settings, logs and storage.</summary>
    /// <param name="maxConnections">The command's share of the server's connections.</param>
    public static IHost Build(int maxConnections) => NewBuilder(maxConnections).Build();

    /// <summary>Builds a host that can back up and restore the database.</summary>
    public static IHost BuildWithBackups()
    {
        var builder = NewBuilder(MaxToolConnections);
        builder.Services.AddBackups();
        SendLogsToError(builder);
        return builder.Build();
    }

    /// <summary>Builds a host that can read and import traces.</summary>
    public static IHost BuildWithTraces()
    {
        var builder = NewBuilder(MaxToolConnections);
        builder.Services.AddTraces();

        SendLogsToError(builder);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
        // The import command prints its own summary.
        builder.Logging.AddFilter("Platform.Core.Traces.ChapterX", LogLevel.Warning);
        return builder.Build();
    }

    /// <summary>Results go to standard output, which may be a pipe; log lines go to standard error.</summary>
    private static void SendLogsToError(HostApplicationBuilder builder) =>
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);

    private static HostApplicationBuilder NewBuilder(int maxConnections)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults("worker");
        builder.AddStorage(maxConnections);
        return builder;
    }
}
