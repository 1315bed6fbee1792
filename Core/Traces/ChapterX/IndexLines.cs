using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Splits a growing JSONL file into lines, without ever holding more than one of them.</summary>
internal static class IndexLines
{
    /// <summary>Longest line that is read, in bytes; a context of a thousand messages takes 22 kB.</summary>
    public const int LongestLineBytes = 1024 * 1024;

    /// <summary>Gives each line that has ended. The last one, which ChapterX may be writing right now, is left out until it has.</summary>
    /// <returns>Lines without their end; an empty array stands for one that is too long.</returns>
    public static async IAsyncEnumerable<byte[]> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream);
        var tooLong = false;
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return tooLong ? [] : buffer.Slice(0, end).ToArray();
                tooLong = false;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (tooLong || buffer.Length > LongestLineBytes)
            {
                tooLong = true;
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
