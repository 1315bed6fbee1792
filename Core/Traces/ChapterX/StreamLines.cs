using System.Buffers;
using System.Text.Json;
using Platform.Contracts;
using Platform.Core.Json;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Finds the lines of <c>streaming/&lt;bot&gt;/&lt;day&gt;.jsonl</c> that belong to a trace. Only their places are kept.</summary>
/// <param name="tree">Where they are.</param>
/// <param name="memoryBytes">What imports may take; the places of lines take a part of it.</param>
internal sealed class StreamLines(ILogTree tree, long memoryBytes)
{
    // Ids of traces have 32 bits and come again; a call begins soon after its trace.
    private static readonly TimeSpan Farthest = TimeSpan.FromHours(12);

    // A call writes one line of a few hundred bytes.
    private const int MostLines = 10_000;
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly List<ReadFile> _files = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly LineTable _lines = new(memoryBytes);

    /// <summary>Goes through the lines that have come since the last time; malformed ones become problems.</summary>
    public void Read(Action<FileProblem> problems, CancellationToken cancellationToken)
    {
        foreach (var file in tree.StreamFiles())
        {
            Read(file, problems, cancellationToken);
        }

        _lines.Settle();
    }

    /// <summary>A trace's lines with their ends, in their order.</summary>
    /// <returns>Null when there are none.</returns>
    /// <exception cref="InvalidDataException">There are more than any trace has.</exception>
    /// <exception cref="IOException">They cannot be read any more.</exception>
    public byte[]? Find(string traceId, DateTimeOffset startedAt, string bot)
    {
        var found = new ArrayBufferWriter<byte>();
        var looks = 0;
        foreach (var place in _lines.Find(Key(traceId, bot)))
        {
            if (++looks > MostLines || found.WrittenCount > MostBytes)
            {
                throw new InvalidDataException($"There are more than {MostLines} lines or {MostBytes} bytes of streaming metrics for it.");
            }

            var file = _files[place.File].File;
            var bytes = new byte[place.Length];
            if (file.Bot == bot && tree.ReadPart(file.Path, place.Position, bytes) == bytes.Length && IsOf(bytes, traceId, startedAt))
            {
                found.Write(bytes);
                found.Write("\n"u8);
            }
        }

        return found.WrittenCount == 0 ? null : found.WrittenSpan.ToArray();
    }

    /// <summary>Reads when the call of a line ended.</summary>
    /// <returns>Null when it does not say.</returns>
    public static DateTimeOffset? EndOf(byte[] line)
    {
        using var document = TryParse(line);
        return document is null ? null : Instant(document.RootElement, "completedAt") ?? Instant(document.RootElement, "startedAt");
    }

    private void Read(LogFile file, Action<FileProblem> problems, CancellationToken cancellationToken)
    {
        if (!_numbers.TryGetValue(file.Path, out var number))
        {
            _numbers[file.Path] = number = _files.Count;
            _files.Add(new ReadFile(file));
        }

        var known = _files[number];
        if (tree.SizeOf(file.Path) <= known.Position)
        {
            return;
        }

        try
        {
            foreach (var line in IndexLines.Read(tree, file.Path, known.Position, cancellationToken))
            {
                known.Lines++;
                known.Position = line.End;
                Add(line, known, number, problems);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            problems(new FileProblem(file.Path, $"It cannot be read beyond line {known.Lines}; traces are imported without the rest: {exception.Message}"));
        }
    }

    private void Add(LogLine line, ReadFile file, int number, Action<FileProblem> problems)
    {
        using var document = TryParse(line.Bytes);
        if (document is null)
        {
            problems(new FileProblem($"{file.File.Path}:{file.Lines}", "The line is malformed and was skipped."));
        }
        else if (LenientJson.Text(document.RootElement, "traceId") is { } traceId)
        {
            _lines.Add(Key(traceId, file.File.Bot), number, line);
        }
    }

    private static int Key(string traceId, string? bot) => HashCode.Combine(traceId, bot);

    private static bool IsOf(byte[] line, string traceId, DateTimeOffset startedAt)
    {
        using var document = TryParse(line);
        return document is not null && LenientJson.Text(document.RootElement, "traceId") == traceId
            && (Instant(document.RootElement, "startedAt") is not { } began || (began >= startedAt && began - startedAt < Farthest));
    }

    private static JsonDocument? TryParse(byte[] line)
    {
        try
        {
            var document = line.Length == 0 ? null : JsonDocument.Parse(LoneSurrogates.Repair(line));

            // Text that is not UTF-8 shows only when it is read.
            _ = document is null ? null : LenientJson.Text(document.RootElement, "traceId");
            return document;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Instant(JsonElement line, string name) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var milliseconds) && milliseconds is > 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    /// <summary>How far a file was read.</summary>
    private sealed class ReadFile(LogFile file)
    {
        public LogFile File => file;

        /// <summary>In bytes.</summary>
        public long Position { get; set; }

        public int Lines { get; set; }
    }
}
