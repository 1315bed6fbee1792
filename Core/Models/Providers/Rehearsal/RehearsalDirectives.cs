using System.Text.RegularExpressions;

namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>Finds directives and removes them from the prompt.</summary>
internal static partial class RehearsalDirectives
{
    /// <summary>The model's name decides; without a directive there, the message does.</summary>
    public static RehearsalDirective Find(string model, string message)
    {
        var inModel = Parse(model);
        return inModel is RehearsalDirective.None ? Parse(message) : inModel;
    }

    /// <summary>The message without its directives.</summary>
    public static string Strip(string message) => Directive.Replace(message, "").Trim();

    private static RehearsalDirective Parse(string text) =>
        Directive.Match(text) is { Success: true } match && Enum.TryParse<RehearsalDirective>(match.Groups[1].Value, ignoreCase: true, out var directive)
            ? directive
            : RehearsalDirective.None;

    [GeneratedRegex(@"\brehearsal:(fast|slow|silent|fail|hang|cut)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Directive { get; }
}
