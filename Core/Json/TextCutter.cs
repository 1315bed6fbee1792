using System.Buffers;
using System.Text.Json;

namespace Platform.Core.Json;

/// <summary>
/// Passes JSON on block by block and cuts long texts, so that whoever reads it needs no more memory than the longest that is left. White space
/// outside of texts becomes one space.
/// </summary>
/// <param name="longest">Bytes of a text, as escaped; longer ones are cut and end with an ellipsis.</param>
internal sealed class TextCutter(int longest)
{
    // A double has up to 767 digits that matter.
    private const int LongestNumber = 1_000;

    private static readonly byte[] Ellipsis = [0xE2, 0x80, 0xA6];

    // What ends a text, begins an escape or is not allowed in one; everything else is passed on as it is.
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(one => (byte)one), (byte)'"', (byte)'\\']);

    private bool _inText;
    private bool _cutting;
    private bool _escaped;
    private int _hexDigits;
    private int _textBytes;
    private int _run;
    private bool _afterSpace;

    /// <summary>Whether a text was cut.</summary>
    public bool HasCut { get; private set; }

    /// <summary>Passes a block on.</summary>
    /// <param name="block">The next bytes, valid UTF-8.</param>
    /// <param name="output">Has room for as many bytes as the block and an ellipsis.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="JsonException">A text is not valid, or something outside of texts has more than 1,000 characters.</exception>
    public int Cut(ReadOnlySpan<byte> block, Span<byte> output)
    {
        var written = 0;
        for (var at = 0; at < block.Length;)
        {
            if (!_inText)
            {
                PassOther(block[at++], output, ref written);
            }
            else if (!_escaped && _hexDigits == 0 && Plain(block[at..]) is { Length: > 0 } plain)
            {
                PassPlain(plain, output, ref written);
                at += plain.Length;
            }
            else
            {
                PassText(block[at++], output, ref written);
            }
        }

        return written;
    }

    private static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> rest) => rest.IndexOfAny(NotPlain) is >= 0 and var end ? rest[..end] : rest;

    private void PassPlain(ReadOnlySpan<byte> plain, Span<byte> output, ref int written)
    {
        if (!_cutting)
        {
            // A character is not cut in two.
            var end = Math.Clamp(longest - _textBytes, 0, plain.Length);
            while (end < plain.Length && (plain[end] & 0xC0) == 0x80)
            {
                end++;
            }

            plain[..end].CopyTo(output[written..]);
            written += end;
            if (end < plain.Length)
            {
                BeginCut(output, ref written);
            }
        }

        _textBytes = (int)Math.Min(int.MaxValue, (long)_textBytes + plain.Length);
    }

    private void BeginCut(Span<byte> output, ref int written)
    {
        (_cutting, HasCut) = (true, true);
        Ellipsis.CopyTo(output[written..]);
        written += Ellipsis.Length;
    }

    private void PassOther(byte one, Span<byte> output, ref int written)
    {
        if (one is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            if (!_afterSpace)
            {
                output[written++] = (byte)' ';
            }

            (_afterSpace, _run) = (true, 0);
            return;
        }

        (_inText, _afterSpace, _textBytes, _cutting) = (one == (byte)'"', false, 0, false);
        _run = one is (byte)'"' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)',' or (byte)':' ? 0 : _run + 1;
        if (_run > LongestNumber)
        {
            throw new JsonException($"A number has more than {LongestNumber} digits.");
        }

        output[written++] = one;
    }

    private void PassText(byte one, Span<byte> output, ref int written)
    {
        var begins = !_escaped && _hexDigits == 0 && (one & 0xC0) != 0x80;
        if (begins && one == (byte)'"')
        {
            _inText = false;
            output[written++] = one;
            return;
        }

        Check(one);
        if (begins && !_cutting && _textBytes >= longest)
        {
            BeginCut(output, ref written);
        }

        _textBytes++;
        if (!_cutting)
        {
            output[written++] = one;
        }
    }

    /// <summary>What is cut off is never read by anybody else.</summary>
    private void Check(byte one)
    {
        if (_hexDigits > 0)
        {
            _hexDigits--;
            Require(char.IsAsciiHexDigit((char)one));
        }
        else if (_escaped)
        {
            _escaped = false;
            _hexDigits = one == (byte)'u' ? 4 : 0;
            Require(one is (byte)'u' or (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t');
        }
        else
        {
            _escaped = one == (byte)'\\';
            Require(one >= 0x20);
        }
    }

    private static void Require(bool isValid)
    {
        if (!isValid)
        {
            throw new JsonException("A text has an invalid escape or a control character.");
        }
    }
}
