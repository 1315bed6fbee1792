namespace Platform.Core.Traces.Diff;

/// <summary>Cuts texts into lines.</summary>
internal static class TextLines
{
    /// <summary>Cuts at LF and CRLF. Text without any is one line, no text is none.</summary>
    public static IReadOnlyList<string> Of(string? text) =>
        string.IsNullOrEmpty(text) ? [] : text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');

    /// <summary>A text as one line: its line ends become <c>↵</c>.</summary>
    public static string Joined(string? text) => string.Join('↵', Of(text));
}
