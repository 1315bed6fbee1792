namespace Platform.Tests.Chaos.History;

/// <summary>Compares what was promised with what came of it.</summary>
public static class HistoryCheck
{
    /// <summary>
    /// The stated window: a delivery whose acknowledgement could not be stored is made again once its claim (4 s) has run out, or
    /// by the last retry (62 s after the first try).
    /// </summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(66);

    private static readonly string[] Ends = ["answered", "silent", "failed", "cancelled"];

    /// <returns>A sentence for each broken promise; empty when all were kept.</returns>
    public static IReadOnlyList<string> Problems(ChaosHistory history) =>
        [.. Lost(history), .. Ended(history), .. Ordered(history), .. Followed(history), .. Delivered(history)];

    private static IEnumerable<string> Lost(ChaosHistory history)
    {
        var stored = history.Activations.Select(one => one.Id).ToHashSet();
        return history.Posts.Where(post => !stored.Contains(post.Activation))
            .Select(post => $"activation {post.Activation} was acknowledged and is lost");
    }

    private static IEnumerable<string> Ended(ChaosHistory history)
    {
        foreach (var one in history.Activations)
        {
            if (!Ends.Contains(one.State))
            {
                yield return $"activation {one.Id} has not ended, it is {one.State}";
                continue;
            }

            if (one.Traces != 1)
            {
                yield return $"activation {one.Id} has {one.Traces} traces";
            }

            if (one.AnswerSequences.Count > 1 || (one.State == "answered" && one.AnswerSequences.Count == 0))
            {
                yield return $"activation {one.Id} is {one.State} and has {one.AnswerSequences.Count} messages";
            }

            if (!one.EndedByNewestClaim)
            {
                yield return $"activation {one.Id} was ended by a claim that was not its newest";
            }

            if (one.IsLeased)
            {
                yield return $"activation {one.Id} has ended and is still leased";
            }
        }
    }

    private static IEnumerable<string> Ordered(ChaosHistory history)
    {
        foreach (var conversation in history.Activations.Where(one => one.AnswerSequences.Count > 0).GroupBy(one => one.Conversation))
        {
            var answers = conversation.OrderBy(one => one.TriggerSequence).Select(one => one.AnswerSequences[0]).ToList();
            if (!answers.SequenceEqual(answers.Order()))
            {
                yield return $"conversation {conversation.Key} was answered out of order: {string.Join(", ", answers)}";
            }
        }
    }

    private static IEnumerable<string> Followed(ChaosHistory history)
    {
        foreach (var (conversation, seen) in history.Followed)
        {
            var stored = history.Activations.Where(one => one.Conversation == conversation).SelectMany(one => one.AnswerSequences).Order().ToList();
            if (!stored.SequenceEqual(seen))
            {
                yield return $"conversation {conversation} has answers {string.Join(", ", stored)} and its follower saw {string.Join(", ", seen)}";
            }
        }
    }

    private static IEnumerable<string> Delivered(ChaosHistory history)
    {
        var deliveries = history.Deliveries.ToLookup(one => one.Effect);
        foreach (var effect in history.Effects.Where(effect => !deliveries.Contains(effect)))
        {
            yield return $"effect {effect} was never delivered";
        }

        foreach (var effect in deliveries)
        {
            var keys = effect.Select(one => one.DedupeKey).Distinct().Count();
            if (keys > 1)
            {
                yield return $"effect {effect.Key} was delivered under {keys} dedupe keys";
            }

            var times = effect.Select(one => one.At).Order().ToList();
            var windows = history.Disturbances.Count(one => one.From <= times[^1] && one.Until + Window >= times[0]);
            if (times.Count - 1 > windows)
            {
                yield return $"effect {effect.Key} was delivered {times.Count} times, and {windows} disturbances explain as many repetitions";
            }
        }
    }
}
