using System.Globalization;

namespace Platform.Core.Json;

/// <summary>
/// Repairs escaped halves of surrogate pairs. ChapterX cuts previews by UTF-16 units, so an emoji at the cut leaves <c>\ud83e</c> alone,
/// which JSON.stringify writes and System.Text.Json refuses to read as text.
/// </summary>
internal static class LoneSurrogates
{
    private const int EscapeLength = 6; // \uXXXX

    /// <summary>Replaces each lone half by U+FFFD.</summary>
    /// <param name="json">UTF-8; left as it is.</param>
    /// <returns>The same memory when there is nothing to fix, else a changed copy of the same length.</returns>
    public static ReadOnlyMemory<byte> Repair(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf("\\ud"u8) < 0 && json.Span.IndexOf("\\uD"u8) < 0)
        {
            return json;
        }

        byte[]? copy = null;
        var span = json.Span;
        for (var at = span.IndexOf((byte)'\\'); at >= 0 && at + 1 < span.Length; at = Next(span, at))
        {
            if (!IsHalf(span, at, out var high))
            {
                at++; // The escaped character itself.
            }
            else if (high && IsHalf(span, at + EscapeLength, out var nextIsHigh) && !nextIsHigh)
            {
                at += (2 * EscapeLength) - 1;
            }
            else
            {
                copy ??= json.ToArray();
                "FFFD"u8.CopyTo(copy.AsSpan(at + 2));
                at += EscapeLength - 1;
            }
        }

        return copy ?? json;
    }

    private static int Next(ReadOnlySpan<byte> json, int after)
    {
        if (after + 1 >= json.Length)
        {
            return -1;
        }

        var offset = json[(after + 1)..].IndexOf((byte)'\\');
        return offset < 0 ? -1 : after + 1 + offset;
    }

    private static bool IsHalf(ReadOnlySpan<byte> json, int at, out bool high)
    {
        high = false;
        if (at + EscapeLength > json.Length || json[at] != '\\' || json[at + 1] != 'u'
            || !ushort.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            return false;
        }

        high = char.IsHighSurrogate((char)unit);
        return char.IsSurrogate((char)unit);
    }
}
