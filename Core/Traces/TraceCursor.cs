using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform.Contracts.Traces;

namespace Platform.Core.Traces;

/// <summary>A place in a list of traces: that of the last trace seen.</summary>
/// <param name="Order">What the list is sorted by.</param>
/// <param name="Value">The trace's own; null when it is not known. A time is its ticks, UTC, whole microseconds.</param>
/// <param name="Id">Of the trace.</param>
public sealed record TraceCursor(TraceOrder Order, decimal? Value, Guid Id)
{
    private const int IdBytes = 16;
    private const int CheckBytes = 4;
    private const int TimeBytes = sizeof(long);
    private const int NewestBytes = TimeBytes + IdBytes;
    private const int HeadBytes = 2 + IdBytes;

    /// <summary>The longest: a number has 29 digits, a sign and a point.</summary>
    private const int LongestBytes = HeadBytes + 31 + CheckBytes;

    /// <summary>When the trace started, in an order by time.</summary>
    internal DateTimeOffset StartedAt => new((long)(Value ?? 0), TimeSpan.Zero);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>Null for anything else, a changed letter included.</returns>
    public static TraceCursor? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> buffer = stackalloc byte[LongestBytes];
        if (text.Length > Base64Url.GetEncodedLength(LongestBytes)
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, buffer, out var length)
            || length < HeadBytes + CheckBytes)
        {
            return null;
        }

        var content = buffer[..(length - CheckBytes)];
        if (!Check(content).SequenceEqual(buffer[content.Length..length]))
        {
            return null;
        }

        return content.Length == NewestBytes ? ReadNewest(content) : ReadOther(content);
    }

    /// <summary>Opaque text for URLs.</summary>
    public override string ToString()
    {
        var content = Order == TraceOrder.Newest ? WriteNewest() : WriteOther();
        return Base64Url.EncodeToString([.. content, .. Check(content)]);
    }

    private static TraceCursor? ReadNewest(ReadOnlySpan<byte> content) =>
        Of(TraceOrder.Newest, BinaryPrimitives.ReadInt64BigEndian(content), new Guid(content[TimeBytes..], bigEndian: true));

    // The order, then the id, then the value in digits. A value of six bytes would have the length of the newest order's: it is written with a seventh.
    private static TraceCursor? ReadOther(ReadOnlySpan<byte> content)
    {
        var order = new TraceOrder((TraceSort)content[0], (TraceSortOrder)content[1]);
        var digits = Encoding.ASCII.GetString(content[HeadBytes..]).TrimEnd();
        var id = new Guid(content.Slice(2, IdBytes), bigEndian: true);
        if (!Enum.IsDefined(order.By) || !Enum.IsDefined(order.Direction) || order == TraceOrder.Newest)
        {
            return null;
        }

        if (digits.Length == 0)
        {
            return order.By == TraceSort.Time ? null : new TraceCursor(order, null, id);
        }

        return decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? Of(order, value, id)
            : null;
    }

    private static TraceCursor? Of(TraceOrder order, decimal value, Guid id)
    {
        var isPossible = order.By == TraceSort.Time
            ? value >= DateTimeOffset.MinValue.Ticks && value <= DateTimeOffset.MaxValue.Ticks && decimal.IsInteger(value)
            : TraceFigure.Of(order.By).Has(value);
        return isPossible ? new TraceCursor(order, value, id) : null;
    }

    private byte[] WriteNewest()
    {
        var content = new byte[NewestBytes];
        BinaryPrimitives.WriteInt64BigEndian(content, StartedAt.UtcTicks);
        Id.TryWriteBytes(content.AsSpan(TimeBytes), bigEndian: true, out _);
        return content;
    }

    private byte[] WriteOther()
    {
        var digits = Value?.ToString(CultureInfo.InvariantCulture) ?? "";
        return
        [
            (byte)Order.By,
            (byte)Order.Direction,
            .. Id.ToByteArray(bigEndian: true),
            .. Encoding.ASCII.GetBytes(digits.Length == NewestBytes - HeadBytes ? digits + ' ' : digits),
        ];
    }

    // Detects accidental changes only; each query checks the owner.
    private static byte[] Check(ReadOnlySpan<byte> content) => SHA256.HashData(content)[..CheckBytes];
}
