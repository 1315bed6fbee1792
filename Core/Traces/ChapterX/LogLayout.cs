using Platform.Contracts.Traces;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Where ChapterX puts what.</summary>
internal static class LogLayout
{
    public const string Traces = "traces";

    public const string Index = "traces/index.jsonl";

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

    /// <summary>Says whether a path under the logs folder is a trace file, and whose.</summary>
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

    private static string Folder(BodyKind kind) => kind switch
    {
        BodyKind.Request => "llm-requests",
        BodyKind.Response => "llm-responses",
        BodyKind.MembraneRequest => "membrane-requests",
        BodyKind.MembraneResponse => "membrane-responses",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
