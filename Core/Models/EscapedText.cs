using System.Globalization;

namespace Platform.Core.Models;

/// <summary>Reads characters that may be escaped as in JSON, URLs or HTML, also several times one inside the other.</summary>
internal static class EscapedText
{
    /// <summary>How many times may be: JSON in JSON in a URL is 3.</summary>
    public const int MaxDepth = 4;

    /// <summary>The characters that escapes begin with.</summary>
    public const string Beginnings = @"\%&";

    private const int MaxReferenceDigits = 8;

    /// <summary>Reads one character as it is after <paramref name="depth"/> times unescaping.</summary>
    /// <returns>False when the text ends before it is complete.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, ref int at, int depth, out char unit)
    {
        unit = '\0';
        if (depth == 0)
        {
            if (at >= text.Length)
            {
                return false;
            }

            unit = text[at++];
            return true;
        }

        if (!TryRead(text, ref at, depth - 1, out unit))
        {
            return false;
        }

        var rest = at;
        char? escaped = null;
        var isComplete = unit switch
        {
            '\\' => TryReadBackslash(text, ref rest, depth - 1, out escaped),
            '%' => TryReadHex(text, ref rest, depth - 1, 2, out escaped),
            '&' => TryReadReference(text, ref rest, depth - 1, out escaped),
            _ => true,
        };
        if (escaped is { } meant)
        {
            unit = meant;
            at = rest;
        }

        return isComplete;
    }

    private static bool TryReadBackslash(ReadOnlySpan<char> text, ref int at, int depth, out char? escaped)
    {
        escaped = null;
        if (!TryRead(text, ref at, depth, out var kind))
        {
            return false;
        }

        switch (kind)
        {
            case 'u':
                return TryReadHex(text, ref at, depth, 4, out escaped);
            case 'x':
                return TryReadHex(text, ref at, depth, 2, out escaped);
            case '/' or '\\' or '"':
                escaped = kind;
                return true;
            case 'n' or 'r' or 't':
                escaped = ' ';
                return true;
            default:
                return true;
        }
    }

    private static bool TryReadHex(ReadOnlySpan<char> text, ref int at, int depth, int digits, out char? escaped)
    {
        escaped = null;
        var value = 0;
        for (; digits > 0; digits--)
        {
            if (!TryRead(text, ref at, depth, out var digit))
            {
                return false;
            }

            if (!char.IsAsciiHexDigit(digit))
            {
                return true;
            }

            value = (value * 16) + Convert.ToInt32(digit.ToString(), 16);
        }

        escaped = (char)value;
        return true;
    }

    /// <summary>A numeric character reference of HTML or XML, after its ampersand.</summary>
    private static bool TryReadReference(ReadOnlySpan<char> text, ref int at, int depth, out char? escaped)
    {
        escaped = null;
        Span<char> digits = stackalloc char[MaxReferenceDigits];
        for (int read = -1, radix = 10; TryRead(text, ref at, depth, out var unit);)
        {
            if (read < 0)
            {
                if (unit != '#')
                {
                    return true;
                }

                read = 0;
            }
            else if (read == 0 && radix == 10 && unit is 'x' or 'X')
            {
                radix = 16;
            }
            else if (read < digits.Length && (radix == 16 ? char.IsAsciiHexDigit(unit) : char.IsAsciiDigit(unit)))
            {
                digits[read++] = unit;
            }
            else
            {
                var style = radix == 16 ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
                escaped = unit == ';' && int.TryParse(digits[..read], style, CultureInfo.InvariantCulture, out var code) && code is > 0 and < 128 ? (char)code : null;
                return true;
            }
        }

        return false;
    }
}
