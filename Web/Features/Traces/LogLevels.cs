using Platform.Contracts.Traces.Document;
using Platform.Web.Components;

namespace Platform.Web.Features.Traces;

/// <summary>Levels of a trace's log. Every entry has exactly one of <see cref="All"/>, so that the counts add up.</summary>
internal static class LogLevels
{
    /// <summary>The level of entries without a known one.</summary>
    public const string Other = "other";

    private static readonly string[] Ranked = ["trace", "debug", Other, "info", "warn", "error", "fatal"];

    /// <summary>From the least to the most severe.</summary>
    public static IReadOnlyList<string> All => Ranked;

    /// <summary>The level of an entry.</summary>
    public static string Of(LogPart line) => line.Level is { } level && Ranked.Contains(level) ? level : Other;

    /// <summary>Whether an entry has a level or a more severe one; one without a known level counts as information.</summary>
    public static bool IsAtLeast(LogPart line, string level) => Rank(Of(line)) >= Rank(level);

    /// <summary>Warnings and errors in words; null when there are none.</summary>
    public static string? Grave(IReadOnlyList<LogPart> logs)
    {
        var errors = logs.Count(line => line.Level is "error" or "fatal");
        var warnings = logs.Count(line => line.Level is "warn");
        return (errors, warnings) switch
        {
            (0, 0) => null,
            (0, _) => Format.Plural(warnings, "warning"),
            (_, 0) => Format.Plural(errors, "error"),
            _ => $"{Format.Plural(errors, "error")}, {Format.Plural(warnings, "warning")}",
        };
    }

    private static int Rank(string level) => Array.IndexOf(Ranked, level is Other ? "info" : level);
}
