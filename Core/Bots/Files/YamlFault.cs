using YamlDotNet.Core;

namespace Platform.Core.Bots.Files;

/// <summary>Puts a parser's complaint in words that help.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to write instead.</param>
internal sealed record YamlFault(int Line, string Message, string Remedy)
{
    /// <summary>Explains <paramref name="exception"/>.</summary>
    /// <param name="exception">What the parser or the tree reader threw.</param>
    /// <param name="lines">The file.</param>
    public static YamlFault Describe(YamlException exception, IReadOnlyList<string> lines)
    {
        var line = (int)Math.Clamp(exception.Start.Line, 1, lines.Count);
        var reason = exception.Message.Trim().TrimEnd('.');

        // The parser blames the value that the tab ends, which may begin a line earlier.
        if (Enumerable.Range(line, 2).FirstOrDefault(at => IsIndentedWithTab(lines, at)) is var tabbed and > 0)
        {
            return new YamlFault(tabbed, "The line is indented with a tab, which YAML does not allow.", "Indent with spaces.");
        }

        if (reason.Contains("alias", StringComparison.OrdinalIgnoreCase))
        {
            return new YamlFault(line, $"{reason}.", "Write the value out instead of referring to it.");
        }

        if (reason.Contains("nested deeper", StringComparison.Ordinal))
        {
            return new YamlFault(line, $"{reason}.", "Flatten the value.");
        }

        return new YamlFault(
            line,
            $"This is not valid YAML: {reason}.",
            "Look at this line and the one before it: indent with spaces, close brackets and quotes, and put text in quotes that holds \": \" or begins with one of @ ` & * ! % [ {.");
    }

    private static bool IsIndentedWithTab(IReadOnlyList<string> lines, int line) =>
        line <= lines.Count && lines[line - 1].TrimStart(' ').StartsWith('\t');
}
