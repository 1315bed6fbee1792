using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Platform.Core.Json;

/// <summary>
/// Makes a short JSON document of one of any size, which comes block by block and is checked to its end. It takes memory for what is kept and for one
/// text, whatever the document holds.
/// </summary>
internal sealed class JsonExcerpt(ExcerptLimits limits)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly TextCutter _cutter = new(limits.TextBytes);
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly int[] _elements = new int[LargeJson.Depth + 2];
    private readonly bool[] _isFirst = new bool[LargeJson.Depth + 2];
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = LargeJson.Depth });
    private byte[] _unread = [];
    private int _unreadBytes;
    private int _memberStart;
    private bool _afterName;
    private bool _skipsValue;
    private int? _skipsUntil;
    private bool _keepsEnd;
    private bool _started;

    /// <summary>Names and values that are kept.</summary>
    public int Tokens { get; private set; }

    /// <summary>Bytes that are kept so far.</summary>
    public int KeptBytes => _kept.WrittenCount;

    /// <summary>Whether elements or members were left out because of a bound.</summary>
    public bool IsShortened { get; private set; }

    /// <summary>Whether an array had more than <see cref="ExcerptLimits.Elements"/>.</summary>
    public bool HasLongArray { get; private set; }

    /// <summary>Whether anything is missing but what was not wanted.</summary>
    public bool IsCut => IsShortened || _cutter.HasCut;

    /// <summary>Takes the next bytes.</summary>
    /// <param name="block">Valid UTF-8; the first block has at least three bytes, unless there are no more.</param>
    /// <exception cref="JsonException">It is not JSON, or nests deeper than <see cref="LargeJson.Depth"/>.</exception>
    public void Push(ReadOnlySpan<byte> block)
    {
        if (!_started)
        {
            _started = true;
            block = block.StartsWith(ByteOrderMark) ? block[ByteOrderMark.Length..] : block;
        }

        // A cut text may become two bytes longer than it was.
        var needed = _unreadBytes + (2 * block.Length) + 4;
        if (_unread.Length < needed)
        {
            Array.Resize(ref _unread, Math.Max(needed, _unread.Length * 2));
        }

        _unreadBytes += _cutter.Cut(block, _unread.AsSpan(_unreadBytes));
        Read(isLast: false);
    }

    /// <summary>Ends the document.</summary>
    /// <returns>The excerpt: UTF-8 JSON.</returns>
    /// <exception cref="JsonException">It is cut off.</exception>
    public byte[] Complete()
    {
        Read(isLast: true);
        return _kept.WrittenSpan.ToArray();
    }

    private void Read(bool isLast)
    {
        var reader = new Utf8JsonReader(_unread.AsSpan(0, _unreadBytes), isLast, _state);
        while (reader.Read())
        {
            Take(ref reader);
        }

        _state = reader.CurrentState;
        var read = (int)reader.BytesConsumed;
        _unread.AsSpan(read, _unreadBytes - read).CopyTo(_unread);
        _unreadBytes -= read;
    }

    private void Take(ref Utf8JsonReader reader)
    {
        if (_skipsUntil is { } depth)
        {
            if (reader.CurrentDepth != depth || reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            {
                return;
            }

            _skipsUntil = null;
            if (!_keepsEnd)
            {
                return;
            }
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.EndObject:
                Write("}"u8);
                break;
            case JsonTokenType.EndArray:
                Write("]"u8);
                break;
            case JsonTokenType.PropertyName:
                TakeName(ref reader);
                break;
            default:
                TakeValue(ref reader);
                break;
        }
    }

    private void TakeName(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        if (depth == 1)
        {
            var isWanted = limits.Keeps(NameOf(ref reader));
            _skipsValue = !isWanted || KeptBytes > limits.TotalBytes;
            IsShortened |= isWanted && _skipsValue;
            if (_skipsValue)
            {
                return;
            }

            _memberStart = KeptBytes;
        }
        else if (IsFull)
        {
            SkipRest(depth - 1);
            return;
        }

        WriteComma(depth);
        WriteText(reader.ValueSpan);
        Write(":"u8);
        Tokens++;
        _afterName = true;
    }

    private void TakeValue(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        var begins = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        if (_skipsValue)
        {
            _skipsValue = false;
            (_skipsUntil, _keepsEnd) = (begins ? depth : null, false);
            return;
        }

        if (!_afterName && depth > 0)
        {
            if (_elements[depth]++ >= limits.Elements || IsFull)
            {
                HasLongArray |= !IsFull;
                SkipRest(depth - 1);
                return;
            }

            WriteComma(depth);
        }

        _afterName = false;
        Tokens++;
        if (begins)
        {
            (_elements[depth + 1], _isFirst[depth + 1]) = (0, true);
            Write(reader.TokenType is JsonTokenType.StartObject ? "{"u8 : "["u8);
        }
        else if (reader.TokenType is JsonTokenType.String)
        {
            WriteText(reader.ValueSpan);
        }
        else
        {
            Write(reader.ValueSpan);
        }
    }

    // One with half a surrogate pair is no name that anybody asks for, and cannot be unescaped.
    private static string NameOf(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped && reader.ValueSpan.IndexOf("\\u"u8) is var at && at >= 0 && reader.ValueSpan[at..].IndexOfAny((byte)'d', (byte)'D') >= 0
            ? Encoding.UTF8.GetString(reader.ValueSpan)
            : reader.GetString() ?? "";

    private bool IsFull => KeptBytes - _memberStart > limits.MemberBytes || KeptBytes > (long)limits.TotalBytes + limits.MemberBytes;

    /// <summary>Leaves out what follows in the object or array at a depth, but not its end.</summary>
    private void SkipRest(int depth)
    {
        IsShortened = true;
        (_skipsUntil, _keepsEnd) = (depth, true);
    }

    private void WriteComma(int depth)
    {
        if (!_isFirst[depth])
        {
            Write(","u8);
        }

        _isFirst[depth] = false;
    }

    private void WriteText(ReadOnlySpan<byte> escaped)
    {
        Write("\""u8);
        Write(escaped);
        Write("\""u8);
    }

    private void Write(ReadOnlySpan<byte> bytes) => _kept.Write(bytes);
}
