using YamlDotNet.Core;

namespace Platform.Core.Bots.Files;

/// <summary>Puts a parser's complaint in words that help.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to write instead.</param>
internal sealed record YamlFault(string Message, string Remedy)
{
    /// <summary>Explains <paramref name="exception"/>.</summary>
    /// <param name="exception">What the parser or the tree reader threw.</param>
    /// <param name="line">The text of the line that it names.</param>
    public static YamlFault Describe(YamlException exception, string line)
    {
        var reason = exception.Message.Trim().TrimEnd('.');
        if (line.TrimStart(' ').StartsWith('\t'))
        {
            return new YamlFault("The line is indented with a tab, which YAML does not allow.", "Indent with spaces.");
        }

        if (reason.Contains("alias", StringComparison.OrdinalIgnoreCase))
        {
            return new YamlFault($"{reason}.", "Write the value out instead of referring to it.");
        }

        if (reason.Contains("nested deeper", StringComparison.Ordinal))
        {
            return new YamlFault($"{reason}.", "Flatten the value.");
        }

        return new YamlFault(
            $"This is not valid YAML: {reason}.",
            "Look at this line and the one before it: indent with spaces, close brackets and quotes, and put text in quotes that holds \": \" or begins with one of @ ` & * ! % [ {.");
    }
}
