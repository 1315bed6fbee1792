namespace Platform.Core.Models;

/// <summary>
/// Masks a key in a text that comes in pieces. What may be the beginning of a key waits for the next piece, from its fourth character on: words may end
/// like a key begins, and what keys of a provider begin with is public.
/// </summary>
internal sealed class MaskedText(KeyMask mask)
{
    private const int MinHeld = 4;

    /// <summary>UTF-16 units. No key is as long in any spelling; a text that only pretends to be one does not grow on.</summary>
    private const int MaxHeld = 16_384;

    /// <summary>The last characters that were handed on, which a key may begin with.</summary>
    private string _before = "";
    private string _held = "";

    /// <summary>Whether a key may have come in more than one piece: then the raw response holds it in pieces, which nothing recognises there.</summary>
    public bool WasSplit { get; private set; }

    /// <summary>Takes a piece and returns what can be handed on.</summary>
    public string Push(string piece)
    {
        var (text, begin) = (_before + _held + piece, _before.Length);
        var keys = mask.Find(text, isComplete: false, out var rest);
        var end = text.Length - rest < MinHeld ? text.Length : Math.Max(begin, rest);
        var searched = keys is [.., var last] ? last.End.Value : 0;
        WasSplit |= keys.Any(key => key.Start.Value < text.Length - piece.Length);
        _held = text[end..];
        _before = text[Math.Max(searched, Math.Max(0, end - (MinHeld - 1)))..end];
        var handedOn = Replace(text[begin..end], begin, keys);
        if (_held.Length <= MaxHeld)
        {
            return handedOn;
        }

        WasSplit = true;
        _held = "";
        return handedOn + KeyMask.Mask;
    }

    /// <summary>What still waited when the text ended.</summary>
    public string Flush()
    {
        var (text, begin) = (_before + _held, _before.Length);
        var keys = mask.Find(text, isComplete: true, out _);
        WasSplit |= keys.Count > 0;
        (_before, _held) = ("", "");
        return Replace(text[begin..], begin, keys);
    }

    private static string Replace(string text, int begin, List<Range> keys) =>
        KeyMask.Replace(text, [.. keys.Select(key => Math.Max(0, key.Start.Value - begin)..(key.End.Value - begin))]);
}
