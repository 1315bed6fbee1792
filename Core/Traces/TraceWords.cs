using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Platform.Core.Traces;

/// <summary>
/// The words that a trace is found by: runs of letters and digits, without regard to case. Scripts that put no spaces between words are
/// taken sign by sign. The database brings them to one spelling (NFKC) when it stores them, and asks for every spelling: without ICU .NET cannot.
/// </summary>
internal static class TraceWords
{
    /// <summary>How much of one text is read, in UTF-16 units: error messages may hold whole answers of a provider.</summary>
    private const int MostOfAText = 1000;

    /// <summary>Longest word; of a longer one this much counts.</summary>
    private const int LongestWord = 60;

    private const int MostWords = 400;

    /// <summary>The words of a trace, each once.</summary>
    public static string[] Of(Trace trace) => Of(
        trace.TriggerPreview, trace.ResponsePreview, trace.ChannelName, trace.Participants, trace.Model, trace.ErrorCode, trace.ErrorMessage);

    /// <summary>The words of texts, each once.</summary>
    public static string[] Of(params ReadOnlySpan<string?> texts)
    {
        HashSet<string> words = new(StringComparer.Ordinal);
        Span<char> word = stackalloc char[LongestWord];
        foreach (var text in texts)
        {
            Read(text.AsSpan(0, Math.Min(text?.Length ?? 0, MostOfAText)), word, words);
        }

        return [.. words];
    }

    /// <summary>Asks for all words of a text, each by its beginning, as the database reads it.</summary>
    /// <returns>Null when the text has no word.</returns>
    public static string? Question(string text)
    {
        var words = Of(text);

        // A word has neither quotes nor backslashes.
        return words.Length == 0 ? null : string.Join(" & ", words.Select(word => $"'{word}':*"));
    }

    /// <summary>The database's cast of a <see cref="Question"/>; it runs there only.</summary>
    [DbFunction("trace_query", IsBuiltIn = false)]
    public static NpgsqlTsQuery Asked(string question) =>
        throw new NotSupportedException($"{nameof(TraceWords)}.{nameof(Asked)} runs in the database.");

    /// <summary>A name in another Unicode form; it runs in the database only, since the platform runs without the tables for it.</summary>
    /// <param name="name">The name as it was written.</param>
    /// <param name="form"><c>nfc</c>, <c>nfd</c> or <c>nfkc</c>.</param>
    [DbFunction("trace_spelling", IsBuiltIn = false)]
    public static string Spelling(string name, string form) =>
        throw new NotSupportedException($"{nameof(TraceWords)}.{nameof(Spelling)} runs in the database.");

    /// <summary>Tells the model of <see cref="Asked"/> and <see cref="Spelling"/>.</summary>
    public static void AddTo(ModelBuilder builder)
    {
        foreach (var name in (string[])[nameof(Asked), nameof(Spelling)])
        {
            builder.HasDbFunction(typeof(TraceWords).GetMethod(name) ?? throw new MissingMethodException(name));
        }
    }

    private static void Read(ReadOnlySpan<char> text, Span<char> word, HashSet<string> words)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isPart = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (!isPart || IsAWordByItself(rune))
            {
                Add(word[..length], words);
                length = 0;
            }

            if (isPart && length + rune.Utf16SequenceLength <= word.Length)
            {
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(word[length..]);
            }

            if (IsAWordByItself(rune))
            {
                Add(word[..length], words);
                length = 0;
            }
        }

        Add(word[..length], words);
    }

    private static void Add(ReadOnlySpan<char> word, HashSet<string> words)
    {
        if (!word.IsEmpty && words.Count < MostWords)
        {
            words.GetAlternateLookup<ReadOnlySpan<char>>().Add(word);
        }
    }

    /// <summary>Thai to Burmese and Khmer, kana and Chinese characters.</summary>
    private static bool IsAWordByItself(Rune rune) => rune.Value is
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x20000 and <= 0x3FFFF);
}
