using System.Text.RegularExpressions;

namespace Platform.Tests.Eng;

/// <summary>Core's folders depend on each other in one direction only.</summary>
public sealed partial class CoreFolderTests
{
    /// <summary>Names every entity, so it depends on each folder that has one.</summary>
    private const string DbContext = "PlatformDbContext.cs";

    [Fact]
    public void Folders_OfCore_FormNoCycle()
    {
        var cycle = FindCycle(Dependencies(Path.Combine(Repository.Root, "Core")));

        Assert.True(cycle is null, $"Core's folders form a cycle: {string.Join(" → ", cycle ?? [])}. What two of them need belongs into a third, lower one.");
    }

    [Fact]
    public void Folders_DependingOnEachOther_AreFound()
    {
        var cycle = FindCycle(new Dictionary<string, string[]> { ["A"] = ["B"], ["B"] = ["C", "D"], ["C"] = [], ["D"] = ["B"] });

        Assert.Equal(["B", "D", "B"], cycle);
    }

    private static Dictionary<string, string[]> Dependencies(string core)
    {
        var folders = Directory.GetDirectories(core).Select(path => Path.GetFileName(path)).Where(name => name is not ("bin" or "obj")).ToHashSet();
        return folders.ToDictionary(
            folder => folder,
            folder => Directory.EnumerateFiles(Path.Combine(core, folder), "*.cs", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != DbContext)
                .SelectMany(file => NamedFolder().Matches(File.ReadAllText(file)).Select(match => match.Groups["folder"].Value))
                .Where(name => name != folder && folders.Contains(name))
                .Distinct()
                .ToArray());
    }

    /// <summary>Depth first; the first folder that is reached from itself ends it.</summary>
    private static List<string>? FindCycle(Dictionary<string, string[]> dependencies)
    {
        var done = new HashSet<string>();
        var path = new List<string>();
        return dependencies.Keys.Order(StringComparer.Ordinal).Select(Visit).FirstOrDefault(cycle => cycle is not null);

        List<string>? Visit(string folder)
        {
            if (path.IndexOf(folder) is >= 0 and var start)
            {
                return [.. path[start..], folder];
            }

            if (!done.Add(folder))
            {
                return null;
            }

            path.Add(folder);
            var cycle = dependencies[folder].Select(Visit).FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            return cycle;
        }
    }

    // A using directive, or a name that begins at the namespace: Core.Traces.Trace.
    [GeneratedRegex(@"(?<![\w.])(?:Platform\.)?Core\.(?<folder>[A-Z]\w+)")]
    private static partial Regex NamedFolder();
}
