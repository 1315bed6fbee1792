using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;

namespace Platform.Core.Models.Providers;

/// <summary>
/// Reads what a provider sends, whatever it says it sends: server-sent events, JSON lines, or one JSON document. Besides what the standard of
/// server-sent events allows it takes events without an empty line between or after them, and a field <c>error</c>.
/// </summary>
/// <remarks>https://html.spec.whatwg.org/multipage/server-sent-events.html.</remarks>
internal sealed class ServerEvents(Stream stream)
{
    /// <summary>The data of the event that ends a stream.</summary>
    public const string Done = "[DONE]";

    /// <summary>The name of an event that reports an error.</summary>
    public const string Error = "error";

    /// <summary>Longest line and longest event, in bytes: many times what an answer may have.</summary>
    public const int MaxEventBytes = 4 * 1024 * 1024;

    private const long MaxTotalBytes = 64 * 1024 * 1024;
    private const int MaxStrayLength = 8 * 1024;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Queue<ServerEvent> _ready = new();
    private readonly StringBuilder _data = new();
    private readonly StringBuilder _document = new();
    private readonly StringBuilder _stray = new();
    private Range _unread = 0..0;
    private long _total;
    private string? _name;
    private bool _isFirstLine = true;
    private bool _afterReturn;
    private bool _hasEnded;
    private ExceptionDispatchInfo? _lost;

    /// <summary>The start of what was no event at all, such as an HTML page; empty for none.</summary>
    public string Stray => _stray.ToString();

    /// <summary>Waits for the next event; those without data are passed over.</summary>
    /// <returns>Null at the end.</returns>
    /// <exception cref="IOException">The connection was lost.</exception>
    /// <exception cref="InvalidDataException">An event or the whole is too long; the message says which.</exception>
    public async Task<ServerEvent?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_ready.TryDequeue(out var one))
            {
                return one;
            }

            if (_hasEnded)
            {
                return null;
            }

            if (await ReadLineAsync(cancellationToken) is { } line)
            {
                Take(line);
            }
            else
            {
                _hasEnded = true;
                TakeEnd();
            }
        }
    }

    private void Take(string line)
    {
        if (_document.Length > 0)
        {
            Append(_document, line);
            return;
        }

        var text = line.TrimStart();
        if (text.Length == 0)
        {
            EndEvent();
        }
        else if (text[0] is '{' or '[')
        {
            TakeJson(text.TrimEnd());
        }
        else if (text[0] is not ':')
        {
            TakeField(text);
        }
    }

    /// <summary>A line without a field's name: JSON lines, or the first line of a document.</summary>
    private void TakeJson(string text)
    {
        if (IsComplete(text))
        {
            EndEvent();
            _ready.Enqueue(new ServerEvent(null, text));
        }
        else
        {
            Append(_document, text);
        }
    }

    private void TakeField(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var value = colon < 0 ? "" : text[(colon + 1)..];
        switch (colon < 0 ? text : text[..colon])
        {
            case "data":
                TakeData(value.StartsWith(' ') ? value[1..] : value);
                break;
            case "event":
                _name = value.Trim();
                break;
            case Error:
                _ready.Enqueue(new ServerEvent(Error, value.Trim()));
                break;
            case "id" or "retry":
                break;
            default:
                if (_stray.Length < MaxStrayLength)
                {
                    _stray.Append(text, 0, Math.Min(text.Length, MaxStrayLength)).Append('\n');
                }

                break;
        }
    }

    private void TakeData(string value)
    {
        var isPartOfJson = _data.Length > 0 && _data[0] is '{' or '[';
        if (!isPartOfJson && IsComplete(value.Trim()))
        {
            var name = _name;
            EndEvent();
            _name = name;
            _ready.Enqueue(new ServerEvent(name, value.Trim()));
        }
        else if (isPartOfJson || !string.IsNullOrWhiteSpace(value))
        {
            Append(_data, _data.Length > 0 ? value : value.TrimStart());
        }
    }

    private void EndEvent()
    {
        if (_data.Length > 0)
        {
            _ready.Enqueue(new ServerEvent(_name, _data.ToString().Trim()));
            _data.Clear();
        }

        _name = null;
    }

    private void TakeEnd()
    {
        EndEvent();
        if (_document.Length > 0)
        {
            _ready.Enqueue(new ServerEvent(null, _document.ToString()));
        }
    }

    private static void Append(StringBuilder text, string line)
    {
        if (text.Length + line.Length > MaxEventBytes)
        {
            throw TooLong();
        }

        text.Append(text.Length > 0 ? "\n" : "").Append(line);
    }

    private static bool IsComplete(string text)
    {
        if (text == Done)
        {
            return true;
        }

        if (text is not (['{', .., '}'] or ['[', .., ']']))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Lines end with LF, CR LF or CR; the last one may end with the stream.</summary>
    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        _lost?.Throw();
        _line.ResetWrittenCount();
        while (true)
        {
            if (TryTakeLine())
            {
                return Decode();
            }

            int count;
            try
            {
                count = await stream.ReadAsync(_buffer, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException && _line.WrittenCount > 0)
            {
                // What came is an event if it is complete; the next line says that the connection was lost.
                _lost = ExceptionDispatchInfo.Capture(exception);
                return Decode();
            }

            _unread = ..count;
            _total += count;
            if (_total > MaxTotalBytes)
            {
                throw new InvalidDataException($"it is longer than {MaxTotalBytes / 1024 / 1024} MiB");
            }

            if (count == 0)
            {
                return _line.WrittenCount > 0 ? Decode() : null;
            }
        }
    }

    private bool TryTakeLine()
    {
        var unread = _buffer.AsSpan(_unread);
        if (_afterReturn && unread is [(byte)'\n', ..])
        {
            unread = unread[1..];
        }

        _afterReturn &= unread.Length == 0;
        var end = unread.IndexOfAny((byte)'\n', (byte)'\r');
        var line = end < 0 ? unread : unread[..end];
        if (_line.WrittenCount + line.Length > MaxEventBytes)
        {
            throw TooLong();
        }

        _line.Write(line);
        if (end < 0)
        {
            _unread = 0..0;
            return false;
        }

        _afterReturn = unread[end] == '\r';
        var taken = _unread.End.Value - unread.Length + end + 1;
        _unread = taken.._unread.End;
        return true;
    }

    private string Decode()
    {
        var text = Encoding.UTF8.GetString(_line.WrittenSpan);
        var start = _isFirstLine && text is ['\uFEFF', ..] ? 1 : 0;
        _isFirstLine = false;
        return text[start..];
    }

    private static InvalidDataException TooLong() => new($"one event is longer than {MaxEventBytes / 1024 / 1024} MiB");
}

/// <summary>One event of a provider's stream.</summary>
/// <param name="Name">What the server calls it; null for none.</param>
/// <param name="Data">JSON, <see cref="ServerEvents.Done"/> or other text; not empty, unless it is an <see cref="ServerEvents.Error"/>.</param>
internal readonly record struct ServerEvent(string? Name, string Data);
