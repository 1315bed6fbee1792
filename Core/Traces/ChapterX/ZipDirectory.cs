using System.Buffers.Binary;

namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Reads an archive's directory without loading it: <see cref="System.IO.Compression.ZipArchive"/> makes an object of every entry before
/// it can be asked how many there are. Numbers in comments are the sections of PKWARE's APPNOTE.
/// </summary>
internal static class ZipDirectory
{
    private const uint HeaderSignature = 0x02014b50; // 4.3.12
    private const int HeaderBytes = 46;
    private const uint EndSignature = 0x06054b50; // 4.3.16
    private const int EndBytes = 22;
    private const int LongestComment = ushort.MaxValue;
    private const uint End64Signature = 0x06064b50; // 4.3.14
    private const int End64Bytes = 56;
    private const uint Locator64Signature = 0x07064b50; // 4.3.15
    private const int Locator64Bytes = 20;
    private const int BufferBytes = 64 * 1024;

    /// <summary>Returns whether the directory names more than <paramref name="most"/> entries, whatever number the archive claims.</summary>
    /// <param name="most">From 0.</param>
    /// <param name="zip">Can be sought in; its position does not matter and changes.</param>
    /// <returns>False also for what is no archive, or a damaged one.</returns>
    public static bool HasMoreEntriesThan(int most, Stream zip)
    {
        if (Start(zip) is not { } start)
        {
            return false;
        }

        zip.Position = start;
        var buffered = new BufferedStream(zip, BufferBytes);
        Span<byte> header = stackalloc byte[HeaderBytes];
        var count = 0;
        while (count <= most && TryRead(buffered, header) && Number(header) == HeaderSignature)
        {
            // Name, extra field, comment.
            buffered.Seek(Short(header[28..]) + Short(header[30..]) + Short(header[32..]), SeekOrigin.Current);
            count++;
        }

        return count > most;
    }

    /// <summary>Where the directory begins, in bytes; null when there is none.</summary>
    private static long? Start(Stream zip)
    {
        var tail = new byte[Math.Min(zip.Length, EndBytes + LongestComment)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (Number(end) == EndSignature)
            {
                return Number(end[16..]) is var start && start != uint.MaxValue ? Within(zip, start) : Start64(zip, zip.Length - tail.Length + at);
            }
        }

        return null;
    }

    private static long? Start64(Stream zip, long end)
    {
        Span<byte> locator = stackalloc byte[Locator64Bytes];
        Span<byte> record = stackalloc byte[End64Bytes];
        return TryRead(zip, end - Locator64Bytes, locator) && Number(locator) == Locator64Signature
            && TryRead(zip, BinaryPrimitives.ReadInt64LittleEndian(locator[8..]), record) && Number(record) == End64Signature
            ? Within(zip, BinaryPrimitives.ReadInt64LittleEndian(record[48..]))
            : null;
    }

    private static long? Within(Stream zip, long position) => position >= 0 && position < zip.Length ? position : null;

    private static bool TryRead(Stream zip, long position, Span<byte> bytes)
    {
        if (Within(zip, position) is null)
        {
            return false;
        }

        zip.Position = position;
        return TryRead(zip, bytes);
    }

    private static bool TryRead(Stream zip, Span<byte> bytes) => zip.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

    private static uint Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static int Short(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
