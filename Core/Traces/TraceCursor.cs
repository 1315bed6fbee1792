using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Platform.Core.Traces;

/// <summary>A place in the list of traces, which goes from the newest to the oldest.</summary>
/// <param name="StartedAt">UTC, whole microseconds.</param>
/// <param name="Id">Of the last trace seen.</param>
public sealed record TraceCursor(DateTimeOffset StartedAt, Guid Id)
{
    private const int TimeBytes = sizeof(long);
    private const int IdBytes = 16;
    private const int CheckBytes = 4;
    private const int TotalBytes = TimeBytes + IdBytes + CheckBytes;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>Null for anything else, a changed letter included.</returns>
    public static TraceCursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[TotalBytes];
        if (text.Length != Base64Url.GetEncodedLength(TotalBytes)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written)
            || written != TotalBytes
            || !Check(bytes).SequenceEqual(bytes[(TimeBytes + IdBytes)..]))
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks
            ? null
            : new TraceCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes.Slice(TimeBytes, IdBytes), bigEndian: true));
    }

    /// <summary>Opaque text for URLs.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[TotalBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, StartedAt.UtcTicks);
        Id.TryWriteBytes(bytes[TimeBytes..], bigEndian: true, out _);
        Check(bytes).CopyTo(bytes[(TimeBytes + IdBytes)..]);
        return Base64Url.EncodeToString(bytes);
    }

    // Detects accidental changes only; each query checks the owner.
    private static byte[] Check(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes[..(TimeBytes + IdBytes)])[..CheckBytes];
}
