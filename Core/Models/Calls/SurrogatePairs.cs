using Platform.Contracts;

namespace Platform.Core.Models.Calls;

/// <summary>Joins surrogate pairs whose halves came in two pieces of a text. A half that stays alone becomes U+FFFD.</summary>
internal sealed class SurrogatePairs
{
    private string _high = "";

    /// <summary>Takes a piece and returns what is whole of it: a high half at its end waits for the next piece.</summary>
    public string Push(string piece)
    {
        var text = _high + piece;
        _high = text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text[^1..] : "";
        return LoneSurrogates.Replace(text[..^_high.Length]);
    }

    /// <summary>What still waited when the text ended.</summary>
    public string Flush()
    {
        var rest = _high;
        _high = "";
        return LoneSurrogates.Replace(rest);
    }
}
