using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Platform.ServiceDefaults.Settings;

namespace Platform.ServiceDefaults.Logs;

/// <summary>Logs go to standard output: JSON lines for machines, single lines of text for a developer.</summary>
internal static class LogRegistration
{
    public static void AddLogs(this IHostApplicationBuilder builder)
    {
        builder.Configuration.Add(new DefaultSettingsSource((IConfigurationRoot)builder.Configuration, Defaults(builder)));
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole();
        builder.Logging.AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<TextLineFormatter, ConsoleFormatterOptions>();
    }

    /// <summary>Appsettings, the environment and LOG_LEVEL override these.</summary>
    private static Dictionary<string, string> Defaults(IHostApplicationBuilder builder)
    {
        var inContainer = builder.Configuration.GetValue<bool>("DOTNET_RUNNING_IN_CONTAINER");
        var readable = builder.Environment.IsDevelopment() && !inContainer;
        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Logging:Console:FormatterName"] = readable ? TextLineFormatter.FormatterName : JsonLineFormatter.FormatterName,
            ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
            ["Logging:LogLevel:Microsoft"] = nameof(LogLevel.Warning),
            ["Logging:LogLevel:System"] = nameof(LogLevel.Warning),
            ["Logging:LogLevel:Npgsql"] = nameof(LogLevel.Warning),
            ["Logging:LogLevel:Polly"] = nameof(LogLevel.Warning),
            ["Logging:LogLevel:Hangfire"] = nameof(LogLevel.Warning),
            ["Logging:LogLevel:StackExchange"] = nameof(LogLevel.Warning),
            // The health checks log changes themselves; the framework would log every probe.
            ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = nameof(LogLevel.None),
        };
    }
}
