using System.Globalization;
using System.Text;

namespace Platform.Core.Models;

/// <summary>
/// One way to write a key, and how it is found: as it is, in hexadecimal, or in base64 of a text that contains it. The characters of each may in turn be
/// escaped (<see cref="EscapedText"/>), and white space, control and format characters may stand between them: later readers drop or replace those.
/// </summary>
/// <param name="Text">What is looked for, in lower case or base64's own alphabet where <paramref name="Fold"/> maps to that.</param>
/// <param name="Fold">Maps characters that mean the same to one of them.</param>
/// <param name="Enough">How many characters of <paramref name="Text"/> are taken for the key, whatever follows: an answer may end inside it.</param>
internal sealed record SecretSpelling(string Text, Func<char, char> Fold, int Enough)
{
    private const int MaxGap = 4;

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
        Spelling(key, key, unit => unit),
        Spelling(key, Convert.ToHexStringLower(Encoding.ASCII.GetBytes(key)), char.ToLowerInvariant),
        .. Enumerable.Range(0, 3).Select(before => Spelling(key, Base64Of(key, before), ToPlainAlphabet)),
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
        for (var gap = 0; matched < Text.Length;)
        {
            var next = at;
            var wasRead = EscapedText.TryRead(text, ref next, depth, out var unit);
            if (!wasRead && !isComplete)
            {
                return Outcome.Partial;
            }

            if (wasRead && Fold(unit) == Text[matched])
            {
                at = end = next;
                matched++;
                gap = 0;
            }
            else if (TryReadLess(text, ref at, depth, Text[matched]))
            {
                end = at;
                matched++;
                gap = 0;
            }
            else if (matched > 0 && wasRead && IsGap(unit) && ++gap <= MaxGap)
            {
                at = next;
            }
            else
            {
                at = next;
                return matched >= Enough ? Outcome.Begun : Outcome.None;
            }
        }

        return Outcome.Found;
    }

    /// <summary>A key may itself hold what looks like an escape, which the server has left as it is.</summary>
    private bool TryReadLess(ReadOnlySpan<char> text, ref int at, int depth, char expected)
    {
        while (--depth >= 0)
        {
            var next = at;
            if (EscapedText.TryRead(text, ref next, depth, out var unit) && Fold(unit) == expected)
            {
                at = next;
                return true;
            }
        }

        return false;
    }

    private static bool IsGap(char unit) => char.IsWhiteSpace(unit) || char.IsControl(unit) || char.GetUnicodeCategory(unit) is UnicodeCategory.Format;

    private static SecretSpelling Spelling(string key, string text, Func<char, char> fold) =>
        new(text, fold, key.Length <= EnoughOfKey ? text.Length : ((EnoughOfKey * text.Length) + key.Length - 1) / key.Length);

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
