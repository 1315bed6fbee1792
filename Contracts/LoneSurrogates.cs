using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Platform.Contracts;

/// <summary>
/// Reads JSON with escaped halves of surrogate pairs. ChapterX cuts previews by UTF-16 units, so an emoji at the cut leaves <c>\ud83e</c> alone,
/// which JSON.stringify writes and System.Text.Json refuses to read as text; some model servers cut their answers in the same way.
/// </summary>
public static class LoneSurrogates
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

    /// <summary>Reads a JSON string and keeps halves of pairs as they are: the other half may be in the next piece of a text.</summary>
    /// <param name="value">A string.</param>
    public static string Read(JsonElement value)
    {
        var json = JsonMarshal.GetRawUtf8Value(value);
        return json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0 ? value.GetString() ?? "" : Unescape(Encoding.UTF8.GetString(json[1..^1]));
    }

    /// <summary>Puts U+FFFD in the place of each half that stands alone.</summary>
    public static string Replace(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune.ToString());
        }

        return whole.ToString();
    }

    private static string Unescape(string escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var at = 0; at < escaped.Length; at++)
        {
            if (escaped[at] != '\\')
            {
                text.Append(escaped[at]);
                continue;
            }

            at++;
            if (escaped[at] == 'u')
            {
                text.Append((char)ushort.Parse(escaped.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                at += 4;
                continue;
            }

            text.Append(escaped[at] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var unit => unit });
        }

        return text.ToString();
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
