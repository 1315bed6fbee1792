using System.Text;

namespace Platform.Contracts.Traces;

/// <summary>
/// Separates reasoning from the answer where a model sends both as one text: blocks such as <c>&lt;think&gt;…&lt;/think&gt;</c> at its start.
/// Text that may be the start of a tag is held back until it is clear, so that what was handed out never has to be taken back.
/// </summary>
public sealed class ThoughtSplitter
{
    // More white space before a tag is not held back.
    private const int MaxHeld = 1024;

    private static readonly (string Open, string Close)[] Tags =
        [("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<thought>", "</thought>"), ("[THINK]", "[/THINK]")];

    private string _held = "";
    private string? _close;
    private bool _hadBlock;
    private bool _isAnswer;

    /// <summary>Whether a block began that has not ended.</summary>
    public bool IsOpen => _close is not null;

    /// <summary>Splits a whole text. A block without an end reaches to the end of the text.</summary>
    public static (string Thought, string Answer) Split(string text)
    {
        var splitter = new ThoughtSplitter();
        var (thought, answer) = splitter.Push(text);
        var (lastThought, lastAnswer) = splitter.Flush();
        return (thought + lastThought, answer + lastAnswer);
    }

    /// <summary>Takes a piece of the text and returns what is clear of it.</summary>
    public (string Thought, string Answer) Push(string piece)
    {
        if (_isAnswer)
        {
            return ("", piece);
        }

        var thought = new StringBuilder();
        var text = _held + piece;
        var at = 0;
        _held = "";
        while (true)
        {
            if (_close is { } close)
            {
                var end = text.IndexOf(close, at, StringComparison.OrdinalIgnoreCase);
                if (end < 0)
                {
                    var hold = Math.Max(at, HoldFrom(text, close));
                    _held = text[hold..];
                    return (thought.Append(text, at, hold - at).ToString(), "");
                }

                thought.Append(text, at, end - at);
                at = end + close.Length;
                _close = null;
                _hadBlock = true;
            }

            var start = at;
            while (start < text.Length && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            if (Array.Find(Tags, tag => text.AsSpan(start).StartsWith(tag.Open, StringComparison.OrdinalIgnoreCase)) is { Open: not null } tag)
            {
                _close = tag.Close;
                at = start + tag.Open.Length;
                continue;
            }

            var rest = text[at..];
            var begun = text[start..];
            if (rest.Length <= MaxHeld && Array.Exists(Tags, one => one.Open.StartsWith(begun, StringComparison.OrdinalIgnoreCase)))
            {
                _held = rest;
                return (thought.ToString(), "");
            }

            _isAnswer = true;
            return (thought.ToString(), _hadBlock ? begun : rest);
        }
    }

    /// <summary>What was still held back at the end of the text.</summary>
    public (string Thought, string Answer) Flush()
    {
        var rest = _held;
        _held = "";
        return _close is not null ? (rest, "") : ("", _hadBlock ? rest.TrimStart() : rest);
    }

    /// <summary>Where the longest start of <paramref name="tag"/> at the end of the text begins.</summary>
    private static int HoldFrom(string text, string tag)
    {
        for (var length = Math.Min(text.Length, tag.Length - 1); length > 0; length--)
        {
            if (tag.StartsWith(text[^length..], StringComparison.OrdinalIgnoreCase))
            {
                return text.Length - length;
            }
        }

        return text.Length;
    }
}
