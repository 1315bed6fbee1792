using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Platform.Core.Models.Calls;

namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>The answer, word by word, and its stop reason.</summary>
internal sealed partial record RehearsalAnswer(IReadOnlyList<string> Words, string StopReason)
{
    public static RehearsalAnswer Empty { get; } = new([], ModelStops.EndTurn);

    public string Text { get; } = string.Concat(Words);

    /// <summary>Cuts a speech at the first stop sequence and at the token limit, as a real model would.</summary>
    public static RehearsalAnswer Limit(string speech, ChatOptions? options)
    {
        var stop = (options?.StopSequences ?? [])
            .Where(sequence => sequence.Length > 0)
            .Select(sequence => speech.IndexOf(sequence, StringComparison.Ordinal))
            .Where(at => at >= 0)
            .DefaultIfEmpty(-1)
            .Min();
        var words = Word.Matches(stop >= 0 ? speech[..stop] : speech).Select(match => match.Value).ToList();
        var fitting = Fitting(words, options?.MaxOutputTokens ?? int.MaxValue);
        return fitting < words.Count
            ? new RehearsalAnswer(words[..fitting], ModelStops.MaxTokens)
            : new RehearsalAnswer(words, stop >= 0 ? ModelStops.StopSequence : ModelStops.EndTurn);
    }

    private static int Fitting(List<string> words, int maxTokens)
    {
        var length = 0;
        var count = words.TakeWhile(word => TokenEstimate.Of(length += word.Length) <= maxTokens).Count();
        return count;
    }

    [GeneratedRegex(@"\s*\S+\s*$|\s*\S+")]
    private static partial Regex Word { get; }
}
