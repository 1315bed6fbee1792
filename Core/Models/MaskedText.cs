namespace Platform.Core.Models;

/// <summary>Masks a key in a text that comes in pieces. What may be the beginning of a key waits for the next piece.</summary>
internal sealed class MaskedText(KeyMask mask)
{
    private string _held = "";

    /// <summary>Whether a key began in one piece and ended in another: then the raw response holds it in pieces, which nothing recognises there.</summary>
    public bool WasSplit { get; private set; }

    /// <summary>Takes a piece and returns what can be handed on.</summary>
    public string Push(string piece)
    {
        var text = _held + piece;
        var keys = mask.Find(text, isComplete: false, out var rest);
        WasSplit |= keys.Any(key => key.Start.Value < _held.Length);
        _held = text[rest..];
        return KeyMask.Replace(text[..rest], keys);
    }

    /// <summary>What still waited when the text ended.</summary>
    public string Flush()
    {
        var rest = mask.In(_held);
        WasSplit |= rest != _held;
        _held = "";
        return rest;
    }
}
