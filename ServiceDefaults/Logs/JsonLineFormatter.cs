using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Platform.ServiceDefaults.Logs;

/// <summary>
/// One JSON object a line: <c>time</c> (UTC, ISO 8601), <c>level</c>, <c>category</c>, <c>message</c>, then, where there is something to
/// say, <c>event</c>, <c>trace_id</c>, <c>span_id</c>, <c>fields</c> (values of the message and of its scopes) and <c>exception</c>.
/// </summary>
internal sealed class JsonLineFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "jsonlines";

    private const string TemplateField = "{OriginalFormat}";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("time", clock.GetUtcNow().UtcDateTime);
            writer.WriteString("level", LevelName(logEntry.LogLevel));
            writer.WriteString("category", logEntry.Category);
            writer.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (logEntry.EventId.Name is { Length: > 0 } eventName)
            {
                writer.WriteString("event", eventName);
            }

            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            {
                writer.WriteString("trace_id", activity.TraceId.ToHexString());
                writer.WriteString("span_id", activity.SpanId.ToHexString());
            }

            WriteFields(writer, logEntry.State, scopeProvider);
            if (logEntry.Exception is { } exception)
            {
                writer.WriteString("exception", exception.ToString());
            }

            writer.WriteEndObject();
        }

        // Inside strings of JSON, where alone they can stand, the escapes mean the characters themselves.
        textWriter.Write(LogText.Escape(Encoding.UTF8.GetString(buffer.WrittenSpan)));
        textWriter.Write('\n');
    }

    private static void WriteFields<TState>(Utf8JsonWriter writer, TState state, IExternalScopeProvider? scopes)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        scopes?.ForEachScope(static (scope, into) => Collect(scope, into), fields);
        Collect(state, fields);
        if (fields.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("fields");
        foreach (var (name, value) in fields)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void Collect(object? source, Dictionary<string, object?> into)
    {
        // The framework's own scope repeats trace_id and span_id.
        if (source is not IEnumerable<KeyValuePair<string, object?>> pairs || source.GetType().Name == "ActivityLogScope")
        {
            return;
        }

        foreach (var (name, value) in pairs)
        {
            if (name != TemplateField)
            {
                into[name] = value;
            }
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int or long or short or byte or uint or ushort or sbyte:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case DateTimeOffset instant:
                writer.WriteStringValue(instant.UtcDateTime);
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string LevelName(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        LogLevel.Critical => "critical",
        _ => "none",
    };
}
