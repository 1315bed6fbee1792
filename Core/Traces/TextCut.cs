namespace Platform.Core.Traces;

/// <summary>Cuts foreign text to what a row holds, never through a surrogate pair.</summary>
internal static class TextCut
{
    /// <summary>Longest error message in a row, in UTF-16 units; the document keeps all of it.</summary>
    public const int LongestMessage = 2000;

    /// <summary>Longest name or id in a row, in UTF-16 units: a page of a list has hundreds of them.</summary>
    public const int LongestName = 500;

    /// <summary>A name or an id of something else than the trace.</summary>
    /// <returns>Null for no text.</returns>
    public static string? Name(string? text) => Start(text, LongestName);

    /// <summary>The start of a message, for the list.</summary>
    /// <returns>Null for no text.</returns>
    public static string? Preview(string? text) => Start(text, Trace.PreviewLength);

    /// <summary>An error as one line.</summary>
    /// <returns>Null for no text.</returns>
    public static string? Line(string? text) => Start(text?.ReplaceLineEndings(" ").Trim(), LongestMessage);

    private static string? Start(string? text, int length) => string.IsNullOrEmpty(text) ? null : Core.Text.Preview.Of(text, length);
}
