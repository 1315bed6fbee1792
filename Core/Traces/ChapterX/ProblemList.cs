using System.Text.Json;
using Platform.Core.Text;

namespace Platform.Core.Traces.ChapterX;

/// <summary>What went wrong in one import, bounded. What could not be taken goes before what was taken with a loss.</summary>
internal sealed class ProblemList
{
    /// <summary>Most problems that are kept; the counts tell of the rest.</summary>
    public const int Most = 1000;

    // Paths and messages may quote what the files say.
    private const int LongestText = 500;

    private readonly List<FileProblem> failures = [];
    private readonly List<FileProblem> losses = [];
    private readonly HashSet<string> lost = new(StringComparer.Ordinal);

    /// <summary>A file that did not go in.</summary>
    public void AddFailure(FileProblem problem)
    {
        if (failures.Count < Most)
        {
            failures.Add(Storable(problem));
        }
    }

    /// <summary>Something that is missing from what did; once a file.</summary>
    public void AddLoss(FileProblem problem)
    {
        if (losses.Count < Most && Storable(problem) is var storable && lost.Add(storable.File))
        {
            losses.Add(storable);
        }
    }

    /// <summary>All of them as JSON, at most <see cref="Most"/>.</summary>
    public string ToJson() => JsonSerializer.Serialize(failures.Concat(losses).Take(Most), JsonSerializerOptions.Web);

    private static FileProblem Storable(FileProblem problem) => new(Storable(problem.File), Storable(problem.Message));

    /// <summary>Postgres takes no NUL.</summary>
    private static string Storable(string text) =>
        (text.Length <= LongestText ? text : $"{Preview.Of(text, LongestText)}…").Replace('\0', '\uFFFD');
}
