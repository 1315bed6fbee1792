using System.Text.RegularExpressions;

namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>Derives the intent and topic of a message, and the voice of a tone, for the offline model.</summary>
internal static partial class RehearsalUnderstanding
{
    private static readonly (RehearsalVoice Voice, string[] Words)[] Voices =
    [
        (RehearsalVoice.Grumpy, ["grump", "cranky", "gruff", "weary", "cynic", "irritable", "curmudgeon"]),
        (RehearsalVoice.Dry, ["dry", "deadpan", "wry", "sardonic", "laconic", "terse", "blunt", "ironic", "understated", "sceptic", "skeptic"]),
        (RehearsalVoice.Playful, ["play", "mischie", "silly", "chaotic", "excit", "energetic", "cheek", "whimsic", "quick"]),
        (RehearsalVoice.Grand, ["drama", "theatric", "grand", "poet", "lyric", "myst", "solemn", "florid", "romantic"]),
        (RehearsalVoice.Scholarly, ["schol", "precise", "academic", "formal", "pedant", "analytic", "careful", "exact", "methodic", "curious"]),
        (RehearsalVoice.Warm, ["warm", "kind", "gentle", "friendly", "cheer", "sunny", "encourag", "patient", "hospitable", "calm"]),
    ];

    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "about", "above", "actually", "after", "again", "also", "always", "another", "anybody", "anyone", "anything", "around", "because", "been",
        "before", "being", "better", "between", "both", "bring", "came", "cannot", "come", "could", "describe", "didn't", "does", "doesn't", "doing",
        "done", "don't", "each", "either", "else", "even", "ever", "every", "everyone", "everything", "explain", "feel", "find", "first", "from", "give",
        "goes", "going", "good", "hadn't", "have", "haven't", "having", "hello", "here", "how's", "i'll", "i've", "into", "isn't", "it's", "just", "keep",
        "know", "last", "least", "less", "let's", "like", "little", "look", "made", "make", "makes", "many", "maybe", "mean", "might", "more", "morning",
        "most", "much", "must", "name", "need", "never", "nothing", "often", "once", "only", "other", "over", "please", "quite", "rather", "really", "said",
        "same", "says", "seem", "seems", "shall", "should", "show", "some", "someone", "something", "sometimes", "still", "such", "suggest", "sure", "take",
        "talk", "tell", "than", "thank", "thanks", "that", "that's", "their", "them", "then", "there", "these", "they", "thing", "things", "think", "this",
        "those", "though", "today", "together", "tomorrow", "took", "true", "trying", "under", "until", "upon", "very", "want", "wants", "was", "wasn't",
        "well", "went", "were", "what", "what's", "when", "where", "whether", "which", "while", "will", "with", "without", "won't", "work", "would",
        "wouldn't", "write", "yesterday", "you'd", "you'll", "you're", "you've", "your", "yours", "yourself",
    };

    /// <summary>The first tone that the words mention; <see cref="RehearsalVoice.Plain"/> when none is known.</summary>
    public static RehearsalVoice Voice(string? tone) =>
        Voices
            .SelectMany(voice => voice.Words, (voice, word) => (voice.Voice, At: tone?.IndexOf(word, StringComparison.OrdinalIgnoreCase) ?? -1))
            .Where(found => found.At >= 0)
            .OrderBy(found => found.At)
            .FirstOrDefault((RehearsalVoice.Plain, 0)).Item1;

    public static RehearsalIntent Intent(string message) => message switch
    {
        _ when AskSelf.IsMatch(message) => RehearsalIntent.AskSelf,
        _ when Thanks.IsMatch(message) => RehearsalIntent.Thanks,
        _ when Farewell.IsMatch(message) => RehearsalIntent.Farewell,
        _ when Sorrow.IsMatch(message) => RehearsalIntent.Sorrow,
        _ when Joy.IsMatch(message) => RehearsalIntent.Joy,
        _ when Wish.IsMatch(message) => RehearsalIntent.Wish,
        _ when message.Contains('?', StringComparison.Ordinal) => Question(message),
        _ when QuestionWord.IsMatch(message) => Question(message),
        _ when Greeting.IsMatch(message) => RehearsalIntent.Greeting,
        _ when message.Length <= 14 => RehearsalIntent.Nod,
        _ => RehearsalIntent.Statement,
    };

    /// <summary>The word most worth talking about: one the persona cares for, else the longest; null when there is none.</summary>
    public static string? Topic(string message, IReadOnlyList<string> interests, string handle)
    {
        var words = Word.Matches(message)
            .Select(match => match.Value.Trim('\'', '’'))
            .Where(word => word.Length >= 4 && !Common.Contains(word) && !string.Equals(word, handle, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return words.Find(word => interests.Any(interest => interest.Contains(word, StringComparison.OrdinalIgnoreCase)))
            ?? words.MaxBy(word => word.Length);
    }

    private static RehearsalIntent Question(string message) => message switch
    {
        _ when Why.IsMatch(message) => RehearsalIntent.AskWhy,
        _ when How.IsMatch(message) => RehearsalIntent.AskHow,
        _ when What.IsMatch(message) => RehearsalIntent.AskWhat,
        _ => RehearsalIntent.AskYesNo,
    };

    [GeneratedRegex(@"\b(who|what) are you\b|\bwho made you\b|\bare you (an? )?(real|human|bot|ai|robot|person|model|alive)\b|\b(about|introduce) yourself\b|\bwhat('s| is) your name\b|\bwhich model\b|\bwhat model\b", RegexOptions.IgnoreCase)]
    private static partial Regex AskSelf { get; }

    [GeneratedRegex(@"\b(thanks|thank you|thx|cheers|much appreciated)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Thanks { get; }

    [GeneratedRegex(@"\b(bye|goodbye|good night|see you|farewell|talk later|gotta go|have to go)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Farewell { get; }

    [GeneratedRegex(@"\b(sad|lonely|tired|exhausted|afraid|anxious|worried|stressed|heartbroken|grief|miserable|awful|overwhelmed|failed)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sorrow { get; }

    [GeneratedRegex(@"\b(happy|glad|excited|proud|delighted|thrilled|wonderful|finally|in love|celebrat\w*|hooray|yay)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Joy { get; }

    [GeneratedRegex(@"^\W*(please\s+|can you\s+|could you\s+|would you\s+|will you\s+)?(tell|write|give|explain|describe|list|show|sing|suggest|recommend|help|teach|imagine|invent|make|draft|summari[sz]e|name)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Wish { get; }

    [GeneratedRegex(@"^\W*(why|how|what|which|who|where|when|is|are|do|does|did|can|could|would|should|will|have|has)\b", RegexOptions.IgnoreCase)]
    private static partial Regex QuestionWord { get; }

    [GeneratedRegex(@"^\W*(@?\w+\W+)?(hi|hello|hey|hiya|howdy|greetings|good (morning|evening|afternoon|day)|moin|yo)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting { get; }

    [GeneratedRegex(@"\b(why|how come|what for)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Why { get; }

    [GeneratedRegex(@"\bhow\b", RegexOptions.IgnoreCase)]
    private static partial Regex How { get; }

    [GeneratedRegex(@"\b(what|which|who|whom|whose|where|when)\b", RegexOptions.IgnoreCase)]
    private static partial Regex What { get; }

    [GeneratedRegex(@"[\p{L}][\p{L}\p{N}'’-]+")]
    private static partial Regex Word { get; }
}
