namespace Platform.Core.Models.Calls;

/// <summary>
/// Ends a plain-text answer where the model begins to speak for somebody else. Text that may be the start of such a line is held back until
/// it is clear, so that what was handed out never has to be taken back.
/// </summary>
/// <param name="speakers">Names that end the answer; with none, text passes as it is.</param>
internal sealed class TurnCut(IReadOnlyList<string> speakers)
{
    private readonly string[] _marks = [.. speakers.Select(name => $"\n{name}:")];
    private string _held = "";
    private bool _hasBegun = speakers.Count == 0;

    /// <summary>Whether somebody else's turn has begun; what follows is not the answer's.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes a piece of the model's text and returns what may be handed out.</summary>
    public string Push(string piece)
    {
        if (_marks.Length == 0 || IsOver)
        {
            return IsOver ? "" : piece;
        }

        var text = _held + piece;
        // The prompt ends in "Name:", so the answer starts with a space that is not the bot's.
        if (!_hasBegun && (text = text.TrimStart()).Length == 0)
        {
            return _held = "";
        }

        _hasBegun = true;
        var end = _marks.Select(mark => text.IndexOf(mark, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        if (end >= 0)
        {
            IsOver = true;
            _held = "";
            return text[..end];
        }

        var hold = HoldFrom(text);
        _held = text[hold..];
        return text[..hold];
    }

    /// <summary>What was still held back when the model stopped.</summary>
    public string Flush()
    {
        var rest = _held;
        _held = "";
        return rest;
    }

    private int HoldFrom(string text)
    {
        var longest = Math.Min(text.Length, _marks.Max(mark => mark.Length) - 1);
        for (var length = longest; length > 0; length--)
        {
            var tail = text[^length..];
            if (Array.Exists(_marks, mark => mark.StartsWith(tail, StringComparison.Ordinal)))
            {
                return text.Length - length;
            }
        }

        return text.Length;
    }
}
