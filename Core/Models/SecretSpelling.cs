using System.Text;

namespace Platform.Core.Models;

/// <summary>
/// One way to write a key, and how it is found: as it is, in hexadecimal, or in base64 of a text that contains it. The characters of each may in turn be
/// escaped (<see cref="EscapedText"/>).
/// </summary>
/// <param name="Text">What is looked for, in lower case or base64's own alphabet where <paramref name="Fold"/> maps to that.</param>
/// <param name="Fold">Maps characters that mean the same to one of them.</param>
/// <param name="MayWrap">Whether line breaks may stand inside.</param>
internal sealed record SecretSpelling(string Text, Func<char, char> Fold, bool MayWrap)
{
    private const int MaxWhitespace = 4;

    /// <summary>How a comparison ended.</summary>
    public enum Outcome
    {
        /// <summary>The key is not there.</summary>
        None,

        /// <summary>The text ends where the key may go on.</summary>
        Partial,

        /// <summary>The key is there.</summary>
        Found,
    }

    /// <summary>The spellings of a key.</summary>
    /// <param name="key">In ASCII, as every header needs it.</param>
    public static IReadOnlyList<SecretSpelling> Of(string key) =>
    [
        new(key, unit => unit, MayWrap: false),
        new(Convert.ToHexStringLower(Encoding.ASCII.GetBytes(key)), char.ToLowerInvariant, MayWrap: true),
        .. Enumerable.Range(0, 3).Select(before => new SecretSpelling(Base64Of(key, before), ToPlainAlphabet, MayWrap: true)),
    ];

    /// <summary>Whether the spelling begins with this character.</summary>
    public bool BeginsWith(char unit) => Fold(unit) == Text[0];

    /// <summary>Compares the text from a position on with this spelling.</summary>
    /// <param name="text">What is searched.</param>
    /// <param name="depth">How many times the text is unescaped.</param>
    /// <param name="end">Where the key begins; then where it ends, or how far was compared.</param>
    public Outcome Match(ReadOnlySpan<char> text, int depth, ref int end)
    {
        var matched = 0;
        for (var whitespace = 0; matched < Text.Length;)
        {
            if (!EscapedText.TryRead(text, ref end, depth, out var unit))
            {
                return Outcome.Partial;
            }

            if (Fold(unit) == Text[matched])
            {
                matched++;
                whitespace = 0;
            }
            else if (!MayWrap || matched == 0 || !char.IsWhiteSpace(unit) || ++whitespace > MaxWhitespace)
            {
                return Outcome.None;
            }
        }

        return Outcome.Found;
    }

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
