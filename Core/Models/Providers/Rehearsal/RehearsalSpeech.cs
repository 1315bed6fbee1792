using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>Composes a persona's answer: the same persona and the same messages always give the same text.</summary>
internal sealed class RehearsalSpeech
{
    private readonly ModelPersona _persona;
    private readonly IReadOnlyList<ChatMessage> _messages;
    private readonly string _said;
    private readonly byte[] _dice;
    private int _thrown;

    public RehearsalSpeech(ModelPersona persona, IReadOnlyList<ChatMessage> messages)
    {
        _persona = persona;
        _messages = messages;
        _said = string.Join('\n', messages.Where(message => message.Role == ChatRole.Assistant).Select(message => message.Text));
        var seed = string.Join('\u001f', messages.Select(message => $"{message.Role}{message.AuthorName}{message.Text}").Prepend(persona.Handle));
        _dice = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
    }

    /// <summary>Two to five sentences.</summary>
    public string Compose()
    {
        var heard = _messages.LastOrDefault(message => message.Role == ChatRole.User);
        var text = RehearsalDirectives.Strip(heard?.Text ?? "");
        var intent = RehearsalUnderstanding.Intent(text);
        var topic = RehearsalUnderstanding.Topic(text, _persona.Interests, _persona.Handle);
        var voice = RehearsalUnderstanding.Voice(_persona.Tone);

        var sentences = Sentences(voice, intent, topic is not null, Earlier(heard, topic));
        return Fill(string.Join(' ', sentences), heard, topic);
    }

    private IEnumerable<string> Sentences(RehearsalVoice voice, RehearsalIntent intent, bool hasTopic, string? earlier)
    {
        if (intent is RehearsalIntent.Greeting)
        {
            yield return Pick(RehearsalLines.Greetings(voice));
        }
        else if (TakesOpener(intent) && Chance(2, 3))
        {
            yield return Pick(RehearsalLines.Openers(voice));
        }

        yield return Pick(RehearsalLines.Core(intent, hasTopic));

        if (earlier is not null && TakesMore(intent) && Chance(1, 3))
        {
            yield return Pick(RehearsalLines.Recalls).Replace("{earlier}", $"“{earlier}”", StringComparison.Ordinal);
        }
        else if (_persona.Interests.Count > 0 && TakesMore(intent) && Chance(2, 3))
        {
            yield return Pick(RehearsalLines.Bridges);
        }

        // A saying is used once in a conversation, and never after a sad message.
        var fresh = _persona.Sayings.Where(saying => !_said.Contains(saying, StringComparison.Ordinal)).ToList();
        if (fresh.Count > 0 && intent is not RehearsalIntent.Sorrow && Chance(1, 2))
        {
            yield return AsSentence(Pick(fresh));
        }

        if (TakesMore(intent) && Chance(2, 3))
        {
            yield return Pick(RehearsalLines.Closers(voice));
        }
    }

    private static bool TakesOpener(RehearsalIntent intent) =>
        TakesMore(intent) && intent is not RehearsalIntent.AskYesNo;

    private static bool TakesMore(RehearsalIntent intent) =>
        intent is RehearsalIntent.Statement or RehearsalIntent.AskWhy or RehearsalIntent.AskHow or RehearsalIntent.AskWhat
            or RehearsalIntent.AskYesNo or RehearsalIntent.Wish;

    /// <summary>A word of an earlier message of the same conversation; null when there is none.</summary>
    private string? Earlier(ChatMessage? heard, string? topic) =>
        _messages
            .Where(message => message.Role == ChatRole.User && message != heard)
            .Reverse()
            .Select(message => RehearsalUnderstanding.Topic(RehearsalDirectives.Strip(message.Text), [], _persona.Handle))
            .FirstOrDefault(word => word is not null && !string.Equals(word, topic, StringComparison.OrdinalIgnoreCase));

    private string Fill(string text, ChatMessage? heard, string? topic)
    {
        var interests = _persona.Interests.Count > 0 ? _persona.Interests : ["small talk", "long silences"];
        var first = Throw(interests.Count);
        var second = (first + 1) % interests.Count;
        return text
            .Replace("{topic}", $"“{topic}”", StringComparison.Ordinal)
            .Replace("{interest}", InSentence(interests[first]), StringComparison.Ordinal)
            .Replace("{other}", first == second ? "a good cup of tea" : InSentence(interests[second]), StringComparison.Ordinal)
            .Replace("{who}", heard?.AuthorName is { Length: > 0 } name ? name : "friend", StringComparison.Ordinal)
            .Replace("{me}", _persona.DisplayName, StringComparison.Ordinal);
    }

    /// <summary>Prefers lines that were not used in this conversation.</summary>
    private string Pick(IReadOnlyList<string> lines)
    {
        var start = Throw(lines.Count);
        var order = Enumerable.Range(0, lines.Count).Select(offset => lines[(start + offset) % lines.Count]);
        return order.FirstOrDefault(line => !_said.Contains(Stem(line), StringComparison.Ordinal)) ?? lines[start];
    }

    /// <summary>The longest run of a line that no placeholder interrupts.</summary>
    private static string Stem(string line) => line.Split('{', '}').MaxBy(part => part.Length) ?? line;

    private bool Chance(int of, int outOf) => Throw(outOf) < of;

    private int Throw(int sides)
    {
        var at = _thrown++ * 2 % (_dice.Length - 1);
        return ((_dice[at] << 8) | _dice[at + 1]) % sides;
    }

    private static string AsSentence(string saying) =>
        saying.Length > 0 && char.IsPunctuation(saying[^1]) ? saying : $"{saying}.";

    // "Old maps" reads wrong in mid-sentence, "NASA" and "I" must stay.
    private static string InSentence(string interest) =>
        interest.Length > 1 && char.IsUpper(interest[0]) && char.IsLower(interest[1]) && !interest.Contains('’', StringComparison.Ordinal) && interest.Contains(' ', StringComparison.Ordinal)
            && !interest.Split(' ').Skip(1).Any(word => word.Length > 0 && char.IsUpper(word[0]))
            ? char.ToLowerInvariant(interest[0]) + interest[1..]
            : interest;
}
