using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Splits a growing JSONL file into lines, without ever holding more than one of them.</summary>
internal static class IndexLines
{
    /// <summary>Longest line that is read, in bytes; a context of a thousand messages takes 22 kB.</summary>
    public const int LongestLineBytes = 1024 * 1024;

    private const int BufferBytes = 64 * 1024;

    /// <summary>Gives each line that has ended. The last one, which ChapterX may be writing right now, is left out until it has.</summary>
    /// <param name="stream">The file, from <paramref name="position"/> on.</param>
    /// <param name="position">Where in the file the stream begins, in bytes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async IAsyncEnumerable<LogLine> ReadAsync(Stream stream, long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes));
        var tooLong = false;
        var start = position;
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                position += line.Length + 1;
                yield return new LogLine(tooLong ? [] : line.ToArray(), start, position);
                start = position;
                tooLong = false;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (tooLong || buffer.Length > LongestLineBytes)
            {
                tooLong = true;
                position += buffer.Length;
                buffer = buffer.Slice(buffer.End);
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                await pipe.CompleteAsync();
                yield break;
            }
        }
    }
}
