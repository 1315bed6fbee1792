using Platform.Contracts.Traces;

namespace Platform.Core.Traces.ChapterX;

/// <summary>The layout of ChapterX's logs folder.</summary>
internal static class LogLayout
{
    public const string Traces = "traces";

    public const string Index = "traces/index.jsonl";

    public const string Streaming = "streaming";

    /// <summary>A folder under <c>traces</c> that ChapterX makes and that is no bot's.</summary>
    public const string Bodies = "bodies";

    /// <summary>Largest file that is read, in bytes: far above any real trace or body.</summary>
    public const long LargestFileBytes = 256L * 1024 * 1024;

    /// <summary>Path of a raw body.</summary>
    /// <returns>Null when <paramref name="reference"/> is no plain file name.</returns>
    public static string? BodyPath(BodyKind kind, string reference) =>
        reference.Length == 0 || reference is "." or ".." || reference.AsSpan().ContainsAny('/', '\\', '\0')
            ? null
            : $"{Folder(kind)}/{reference}";

    /// <summary>Returns whether a path under the logs folder is a trace file, and whose.</summary>
    /// <returns>Null when it is not one.</returns>
    public static LogFile? TraceFile(string path)
    {
        var parts = path.Split('/');
        var isJson = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !parts[^1].StartsWith("._", StringComparison.Ordinal);
        return (isJson, parts) switch
        {
            (true, [Traces, _]) => new LogFile(path, null),
            (true, [Traces, Bodies, _]) => null,
            (true, [Traces, var bot, _]) => new LogFile(path, bot),
            _ => null,
        };
    }

    /// <summary>Returns whether a path under the logs folder holds streaming metrics, and whose.</summary>
    /// <returns>Null when it does not.</returns>
    public static LogFile? StreamFile(string path) =>
        path.EndsWith(".jsonl", StringComparison.Ordinal) && path.Split('/') is [Streaming, var bot, var name] && !name.StartsWith("._", StringComparison.Ordinal)
            ? new LogFile(path, bot)
            : null;

    /// <summary>Where ChapterX would put a trace's file.</summary>
    public static string TracePath(Trace trace) =>
        $"{Traces}/{FolderName(trace.Bot)}/{trace.ChannelId}-{trace.SourceTraceId}-{trace.StartedAt.UtcDateTime:yyyy-MM-dd'T'HH-mm-ss-fff}Z.json";

    /// <summary>Where ChapterX would put a line of streaming metrics.</summary>
    /// <param name="bot">Its name.</param>
    /// <param name="endedAt">UTC; the line is written then.</param>
    public static string StreamPath(string bot, DateTimeOffset endedAt) => $"{Streaming}/{FolderName(bot)}/{endedAt.UtcDateTime:yyyy-MM-dd}.jsonl";

    private static string FolderName(string bot) => bot is "" or "." or ".." ? "unknown" : bot.Replace('/', '_').Replace('\\', '_');

    private static string Folder(BodyKind kind) => kind switch
    {
        BodyKind.Request => "llm-requests",
        BodyKind.Response => "llm-responses",
        BodyKind.MembraneRequest => "membrane-requests",
        BodyKind.MembraneResponse => "membrane-responses",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
