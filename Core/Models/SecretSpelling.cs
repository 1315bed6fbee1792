using System.Text;

namespace Platform.Core.Models;

/// <summary>
/// One way to write a key, and how it is found: as it is, in hexadecimal, or in base64 of a text that contains it. The characters of each may in turn be
/// escaped (<see cref="EscapedText"/>).
/// </summary>
/// <param name="Text">What is looked for, in lower case or base64's own alphabet where <paramref name="Fold"/> maps to that.</param>
/// <param name="Fold">Maps characters that mean the same to one of them.</param>
/// <param name="MayWrap">Whether line breaks may stand inside.</param>
/// <param name="Enough">How many characters of <paramref name="Text"/> are taken for the key, whatever follows: an answer may end inside it.</param>
internal sealed record SecretSpelling(string Text, Func<char, char> Fold, bool MayWrap, int Enough)
{
    private const int MaxWhitespace = 4;

    /// <summary>The first characters of a key are taken for it from this many on: no provider's keys have as many in common (<c>sk-ant-api03-</c> are 13).</summary>
    private const int EnoughOfKey = 16;

    /// <summary>How a comparison ended, from the least to the most that was found.</summary>
    public enum Outcome
    {
        /// <summary>The key is not there.</summary>
        None,

        /// <summary>Enough of the key's beginning is there, and then something else.</summary>
        Begun,

        /// <summary>The text ends where the key may go on.</summary>
        Partial,

        /// <summary>The key is there.</summary>
        Found,
    }

    /// <summary>The spellings of a key.</summary>
    /// <param name="key">In ASCII, as every header needs it.</param>
    public static IReadOnlyList<SecretSpelling> Of(string key) =>
    [
        Spelling(key, key, unit => unit, mayWrap: false),
        Spelling(key, Convert.ToHexStringLower(Encoding.ASCII.GetBytes(key)), char.ToLowerInvariant, mayWrap: true),
        .. Enumerable.Range(0, 3).Select(before => Spelling(key, Base64Of(key, before), ToPlainAlphabet, mayWrap: true)),
    ];

    /// <summary>Whether the spelling begins with this character.</summary>
    public bool BeginsWith(char unit) => Fold(unit) == Text[0];

    /// <summary>Compares the text from a position on with this spelling.</summary>
    /// <param name="text">What is searched.</param>
    /// <param name="depth">How many times the text is unescaped.</param>
    /// <param name="isComplete">Whether nothing follows the text.</param>
    /// <param name="at">Where the key begins; then how far was compared.</param>
    /// <param name="end">Where what was found of the key ends.</param>
    public Outcome Match(ReadOnlySpan<char> text, int depth, bool isComplete, ref int at, out int end)
    {
        end = at;
        var matched = 0;
        for (var whitespace = 0; matched < Text.Length;)
        {
            if (!EscapedText.TryRead(text, ref at, depth, out var unit))
            {
                return isComplete ? Beginning() : Outcome.Partial;
            }

            if (Fold(unit) == Text[matched])
            {
                matched++;
                end = at;
                whitespace = 0;
            }
            else if (!MayWrap || matched == 0 || !char.IsWhiteSpace(unit) || ++whitespace > MaxWhitespace)
            {
                return Beginning();
            }
        }

        return Outcome.Found;

        Outcome Beginning() => matched >= Enough ? Outcome.Begun : Outcome.None;
    }

    private static SecretSpelling Spelling(string key, string text, Func<char, char> fold, bool mayWrap) =>
        new(text, fold, mayWrap, key.Length <= EnoughOfKey ? text.Length : ((EnoughOfKey * text.Length) + key.Length - 1) / key.Length);

    /// <summary>The characters that base64 of any text around the key has, whatever that text is: those that the neighbours decide as well are left out.</summary>
    /// <param name="key">The key.</param>
    /// <param name="before">How many bytes stand before it, modulo 3.</param>
    private static string Base64Of(string key, int before)
    {
        var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('\0', before) + key));
        var from = ((before * 8) + 5) / 6;
        var to = (before + key.Length) * 8 / 6;
        return encoded[from..to];
    }

    // RFC 4648, section 5: URLs have another alphabet.
    private static char ToPlainAlphabet(char unit) => unit switch
    {
        '-' => '+',
        '_' => '/',
        _ => unit,
    };
}
