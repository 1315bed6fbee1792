namespace Platform.Core.Backups;

/// <summary>Finds differences between a restored database and its backup's manifest.</summary>
internal static class ContentsComparison
{
    /// <returns>Sentences without a point; empty when nothing differs.</returns>
    public static IReadOnlyList<string> Differences(BackupManifest manifest, DatabaseContents restored)
    {
        List<string> differences = [];
        if (manifest.Migration != restored.Migration)
        {
            differences.Add($"the newest migration is {restored.Migration}, not {manifest.Migration}");
        }

        differences.AddRange(Between(manifest.Counts, restored.Counts, (table, was, isNow) => $"{table} has {isNow} rows, not {was}"));
        differences.AddRange(SequencesBehind(manifest.Sequences, restored.Sequences));
        differences.AddRange(Between(manifest.TraceSample, restored.TraceSample, (trace, _, _) => $"the document of trace {trace} differs"));
        return differences;
    }

    /// <summary>
    /// Sequences are not part of a snapshot: one that advances during a backup is ahead in the copy. It must never be behind, since its numbers
    /// would be used twice.
    /// </summary>
    private static IEnumerable<string> SequencesBehind(IReadOnlyDictionary<string, long?> was, IReadOnlyDictionary<string, long?> isNow)
    {
        foreach (var name in was.Keys.Union(isNow.Keys).Order(StringComparer.Ordinal))
        {
            if (!was.ContainsKey(name) || !isNow.TryGetValue(name, out var now) || (was[name] is { } before && !(now >= before)))
            {
                yield return $"the sequence {name} is at {Text(isNow, name)}, not {Text(was, name)}";
            }
        }
    }

    private static IEnumerable<string> Between<T>(
        IReadOnlyDictionary<string, T> was, IReadOnlyDictionary<string, T> isNow, Func<string, string, string, string> say)
    {
        foreach (var name in was.Keys.Union(isNow.Keys).Order(StringComparer.Ordinal))
        {
            var (before, after) = (Text(was, name), Text(isNow, name));
            if (before != after)
            {
                yield return say(name, before, after);
            }
        }
    }

    private static string Text<T>(IReadOnlyDictionary<string, T> values, string name) =>
        values.TryGetValue(name, out var value) ? value?.ToString() ?? "nothing" : "missing";
}
