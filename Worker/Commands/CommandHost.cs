using Microsoft.Extensions.Logging.Console;
using Platform.Core.Backups;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.ServiceDefaults;

namespace Platform.Worker.Commands;

/// <summary>A host without a server, for commands that do one thing and end.</summary>
internal static class CommandHost
{
    private const int MaxToolConnections = 5;

    /// <summary>Builds a host with settings, logs and storage.</summary>
    /// <param name="maxConnections">The command's share of the server's connections.</param>
    public static IHost Build(int maxConnections) => NewBuilder(maxConnections).Build();

    /// <summary>Builds a host that can copy the database and put copies in its place.</summary>
    public static IHost BuildWithBackups()
    {
        var builder = NewBuilder(MaxToolConnections);
        builder.Services.AddBackups();
        SendLogsToError(builder);
        return builder.Build();
    }

    /// <summary>Builds a host that can read and import traces too.</summary>
    public static IHost BuildWithTraces()
    {
        var builder = NewBuilder(MaxToolConnections);
        builder.Services.AddTraces();

        SendLogsToError(builder);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
        // An import says itself that it ended, below its bar.
        builder.Logging.AddFilter("Platform.Core.Traces.ChapterX", LogLevel.Warning);
        return builder.Build();
    }

    /// <summary>Results go to the standard output, maybe into a pipe; what happens on the way is for whoever sits in front.</summary>
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
