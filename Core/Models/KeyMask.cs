using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Core.Models;

/// <summary>Replaces the keys of providers by <c>***</c> in what a server sent or was sent, however they are spelled (<see cref="SecretSpelling"/>).</summary>
internal sealed partial class KeyMask
{
    /// <summary>What stands for a key.</summary>
    public const string Mask = "***";

    /// <summary>Shorter keys are placeholders for servers that need none, such as <c>none</c> or <c>ollama</c>: they are words of answers as well.</summary>
    private const int MinLength = 8;

    /// <summary>Part of a key at the end of a body that was cut is masked from this length on.</summary>
    private const int MinCutLength = 4;

    private readonly string _key;
    private readonly IReadOnlyList<SecretSpelling> _spellings;
    private readonly SearchValues<char> _beginnings;

    private KeyMask(string key, IEnumerable<string> others)
    {
        _key = key;
        _spellings = [.. others.Prepend(key).Where(secret => secret.Length >= MinLength).Distinct().SelectMany(SecretSpelling.Of)];
        _beginnings = SearchValues.Create(HasSecrets ? [.. _spellings.SelectMany(Beginnings), .. EscapedText.Beginnings] : []);
    }

    /// <summary>Masks nothing.</summary>
    public static KeyMask None { get; } = new("", []);

    /// <summary>Whether any of its keys is more than a placeholder.</summary>
    public bool HasSecrets => _spellings.Count > 0;

    private bool IsPlaceholder => _key.Length is > 0 and < MinLength;

    /// <param name="key">The key; null or empty: there is none.</param>
    public static KeyMask Of(string? key) => Of(key, []);

    /// <param name="key">The key of the provider that is called; null or empty: there is none.</param>
    /// <param name="others">The keys of the others: a gateway may pass on what another provider said, and a prompt may hold one.</param>
    public static KeyMask Of(string? key, IEnumerable<string> others) => new(key ?? "", others);

    /// <summary>Masks the key, and whatever else looks like one: servers abbreviate keys in their messages.</summary>
    public string InMessage(string message) => KeyShape.Replace(In(message), Mask);

    /// <summary>Masks the keys.</summary>
    public string In(string text) => WithoutPlaceholder(HasSecrets ? Replace(text, Find(text, isComplete: true, out _)) : text);

    /// <summary>Masks the keys in a body; all other bytes stay as they are.</summary>
    /// <param name="body">In UTF-8, or any other encoding that contains ASCII.</param>
    /// <param name="isCut">Whether more was sent than was kept: a key may have been cut as well.</param>
    public byte[] In(byte[] body, bool isCut)
    {
        if (!HasSecrets && !IsPlaceholder)
        {
            return body;
        }

        // Each byte becomes the character of the same number, and back.
        var text = Encoding.Latin1.GetString(body);
        var masked = WithoutPlaceholder(HasSecrets ? Replace(text, Find(text, isCut)) : text);
        return masked == text ? body : Encoding.Latin1.GetBytes(masked);
    }

    /// <summary>Masks the keys in a text that was cut: a key may have been cut as well.</summary>
    public string InCut(string text) => WithoutPlaceholder(HasSecrets ? Replace(text, Find(text, isCut: true)) : text);

    /// <summary>Begins a text that comes in pieces.</summary>
    public MaskedText Begin() => new(this);

    /// <summary>Finds the keys in a text.</summary>
    /// <param name="text">What is searched.</param>
    /// <param name="isComplete">Whether nothing follows, so that the text cannot end with the beginning of a key that goes on.</param>
    /// <param name="rest">Where the beginning of a key stands that the text may end with; else the length of the text. What follows is not searched.</param>
    internal List<Range> Find(string text, bool isComplete, out int rest)
    {
        List<Range> keys = [];
        rest = text.Length;
        for (var at = 0; at < text.Length; at++)
        {
            var next = text.AsSpan(at).IndexOfAny(_beginnings);
            if (next < 0)
            {
                break;
            }

            at += next;
            switch (Match(text, at, isComplete, out var end))
            {
                case SecretSpelling.Outcome.Found:
                    Add(keys, at, end);
                    at = end - 1;
                    break;
                case SecretSpelling.Outcome.Begun:
                    // The whole key may begin inside.
                    Add(keys, at, end);
                    break;
                case SecretSpelling.Outcome.Partial:
                    rest = at;
                    if (keys is [.., var last] && last.End.Value > at)
                    {
                        rest = last.Start.Value;
                        keys.RemoveAt(keys.Count - 1);
                    }

                    return keys;
                default:
                    break;
            }
        }

        return keys;
    }

    private string WithoutPlaceholder(string text) => IsPlaceholder ? text.Replace(_key, Mask, StringComparison.Ordinal) : text;

    /// <summary>Adds a range, or lengthens the last one where both overlap.</summary>
    private static void Add(List<Range> keys, int start, int end)
    {
        if (keys is [.., var last] && last.End.Value > start)
        {
            keys[^1] = last.Start..Math.Max(last.End.Value, end);
        }
        else
        {
            keys.Add(start..end);
        }
    }

    private List<Range> Find(string text, bool isCut)
    {
        var keys = Find(text, isComplete: !isCut, out var rest);
        if (text.Length - rest >= MinCutLength)
        {
            keys.Add(rest..text.Length);
        }

        return keys;
    }

    /// <summary>Replaces parts of a text.</summary>
    internal static string Replace(string text, IReadOnlyList<Range> keys)
    {
        var masked = new StringBuilder(text.Length);
        var kept = 0;
        foreach (var key in keys)
        {
            masked.Append(text, kept, key.Start.Value - kept).Append(Mask);
            kept = key.End.Value;
        }

        return masked.Append(text, kept, text.Length - kept).ToString();
    }

    private SecretSpelling.Outcome Match(ReadOnlySpan<char> text, int start, bool isComplete, out int end)
    {
        var best = SecretSpelling.Outcome.None;
        end = start;
        for (var depth = 0; depth <= EscapedText.MaxDepth; depth++)
        {
            var read = start;
            if (!EscapedText.TryRead(text, ref read, depth, out var first))
            {
                return isComplete ? best : SecretSpelling.Outcome.Partial;
            }

            // Where nothing is escaped, deeper is the same.
            foreach (var spelling in _spellings)
            {
                if (!spelling.BeginsWith(first))
                {
                    continue;
                }

                var at = start;
                var outcome = spelling.Match(text, depth, isComplete, ref at, out var matched);
                if (outcome is SecretSpelling.Outcome.Found)
                {
                    end = matched;
                    return outcome;
                }

                best = outcome > best ? outcome : best;
                end = outcome is SecretSpelling.Outcome.Begun ? Math.Max(end, matched) : end;
                read = Math.Max(read, at);
            }

            if (!text[start..read].ContainsAny(EscapedText.Beginnings))
            {
                break;
            }
        }

        return best;
    }

    private static IEnumerable<char> Beginnings(SecretSpelling spelling) =>
        Enumerable.Range(0, 128).Select(code => (char)code).Where(spelling.BeginsWith);

    [GeneratedRegex(@"\b(?:(?:sk|pk|rk|key|gsk|xai|nvapi)-|gsk_|hf_|r8_|AIza)[A-Za-z0-9_*\-]{8,}|\bBearer\s+\S+")]
    private static partial Regex KeyShape { get; }
}
