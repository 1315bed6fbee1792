using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Platform.ServiceDefaults.Logs;

/// <summary>A line for a developer's eyes: local time, level, the last part of the category, the message, the id of the trace where one
/// is recorded; an exception follows on lines of its own.</summary>
internal sealed class TextLineFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "textline";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(clock.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture));
        textWriter.Write(LevelMark(logEntry.LogLevel));
        textWriter.Write(logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..]);
        textWriter.Write(": ");
        textWriter.Write(LogText.Escape(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        textWriter.WriteLine(Activity.Current is { Recorded: true } activity ? $" [trace {activity.TraceId}]" : "");
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(LogText.Escape(exception.ToString(), keepsLines: true));
        }
    }

    private static string LevelMark(LogLevel level) => level switch
    {
        LogLevel.Trace => " trace ",
        LogLevel.Debug => " debug ",
        LogLevel.Information => " info  ",
        LogLevel.Warning => " WARN  ",
        LogLevel.Error => " ERROR ",
        _ => " FATAL ",
    };
}
