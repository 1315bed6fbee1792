using System.Buffers;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Finds the lines of <c>streaming/&lt;bot&gt;/&lt;day&gt;.jsonl</c> that belong to a trace. Only their places are kept.</summary>
internal sealed class StreamLines : IDisposable
{
    // Ids of traces have 32 bits and come again; a call begins soon after its trace.
    private static readonly TimeSpan Farthest = TimeSpan.FromHours(12);

    private readonly List<(SafeFileHandle Handle, string? Bot)> files = [];
    private readonly LineTable lines = new();

    /// <summary>Goes through all files; malformed lines become problems.</summary>
    public static async Task<StreamLines> ReadAsync(ILogTree tree, ProblemList problems, CancellationToken cancellationToken)
    {
        var found = new StreamLines();
        foreach (var file in tree.StreamFiles())
        {
            await found.ReadAsync(tree, file, problems, cancellationToken);
        }

        found.lines.Sort();
        return found;
    }

    /// <summary>A trace's lines with their ends, in their order.</summary>
    /// <returns>Null when there are none.</returns>
    public byte[]? Find(string traceId, DateTimeOffset startedAt, string bot)
    {
        ArrayBufferWriter<byte>? found = null;
        foreach (var place in lines.Find(traceId))
        {
            var (handle, owner) = files[place.File];
            var bytes = new byte[place.Length];
            if (owner == bot && RandomAccess.Read(handle, bytes, place.Position) == bytes.Length && IsOf(bytes, traceId, startedAt))
            {
                found ??= new ArrayBufferWriter<byte>();
                found.Write(bytes);
                found.Write("\n"u8);
            }
        }

        return found?.WrittenSpan.ToArray();
    }

    public void Dispose() => files.ForEach(file => file.Handle.Dispose());

    /// <summary>Reads when the call of a line ended.</summary>
    /// <returns>Null when it does not say.</returns>
    public static DateTimeOffset? EndOf(byte[] line)
    {
        using var document = TryParse(line);
        return document is null ? null : Instant(document.RootElement, "completedAt") ?? Instant(document.RootElement, "startedAt");
    }

    private async Task ReadAsync(ILogTree tree, LogFile file, ProblemList problems, CancellationToken cancellationToken)
    {
        using var stream = tree.Open(file.Path);
        if (stream is null || tree.OpenParts(file.Path) is not { } handle)
        {
            return;
        }

        files.Add((handle, file.Bot));
        var number = 0;
        await foreach (var line in IndexLines.ReadAsync(stream, 0, cancellationToken))
        {
            number++;
            using var document = TryParse(line.Bytes);
            if (document is null)
            {
                problems.AddLoss(new FileProblem($"{file.Path}:{number}", "The line is malformed and was skipped."));
            }
            else if (LenientJson.Text(document.RootElement, "traceId") is { } traceId)
            {
                lines.Add(traceId, files.Count - 1, line);
            }
        }
    }

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
            return line.Length == 0 ? null : JsonDocument.Parse(LoneSurrogates.Mend(line));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Instant(JsonElement line, string name) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var milliseconds) && milliseconds is > 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
