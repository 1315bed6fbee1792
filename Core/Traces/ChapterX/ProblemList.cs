using System.Text.Json;
using Platform.Core.Text;

namespace Platform.Core.Traces.ChapterX;

/// <summary>The problems of one import, bounded. Failures come before warnings.</summary>
internal sealed class ProblemList
{
    /// <summary>Most problems that are kept; the counts tell of the rest.</summary>
    public const int Most = 1000;

    // Paths and messages may quote what the files say.
    private const int LongestText = 500;

    private readonly List<FileProblem> _failures = [];
    private readonly List<FileProblem> _losses = [];
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);

    /// <summary>A file that did not go in.</summary>
    public void AddFailure(FileProblem problem)
    {
        if (_failures.Count < Most)
        {
            _failures.Add(Storable(problem));
        }
    }

    /// <summary>Something that is missing from what did; once a file.</summary>
    public void AddLoss(FileProblem problem)
    {
        if (_losses.Count < Most && Storable(problem) is var storable && _lost.Add(storable.File))
        {
            _losses.Add(storable);
        }
    }

    /// <summary>All of them as JSON, at most <see cref="Most"/>.</summary>
    public string ToJson() => JsonSerializer.Serialize(_failures.Concat(_losses).Take(Most), JsonSerializerOptions.Web);

    private static FileProblem Storable(FileProblem problem) => new(Storable(problem.File), Storable(problem.Message));

    /// <summary>Postgres stores no NUL.</summary>
    private static string Storable(string text) =>
        (text.Length <= LongestText ? text : $"{Preview.Of(text, LongestText)}…").Replace('\0', '\uFFFD');
}
