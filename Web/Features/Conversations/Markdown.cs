using System.Net;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace Platform.Web.Features.Conversations;

/// <summary>
/// Renders messages as safe HTML: no raw HTML, no images, and links only to absolute http, https and mailto addresses. What is too long, nests
/// too deeply or takes too much work is shown as plain text.
/// </summary>
internal static class Markdown
{
    /// <summary>Longest text that is formatted, in UTF-16 units; a message has at most as many.</summary>
    private const int MaxLength = 100_000;

    private static readonly string[] SafeSchemes = ["http", "https", "mailto"];

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseAutoLinks()
        .UsePipeTables()
        .UseTaskLists()
        .UseEmphasisExtras()
        .UseSoftlineBreakAsHardlineBreak()
        .Use<MarkdownWork>()
        .Build();

    /// <summary>Renders <paramref name="text"/>.</summary>
    public static MarkupString Render(string text)
    {
        if (IsTooLarge(text))
        {
            return Plain(text);
        }

        try
        {
            var document = Markdig.Markdown.Parse(text, Pipeline, MarkdownWork.Start());
            foreach (var inline in document.Descendants<Inline>().ToArray())
            {
                MakeSafe(inline);
            }

            return new MarkupString(document.ToHtml(Pipeline));
        }
        catch (ArgumentException)
        {
            // Nested too deeply, or too much work.
            return Plain(text);
        }
    }

    /// <summary>The words of <paramref name="text"/> in one line, without Markdown's signs.</summary>
    /// <returns>Null for null and for no text; a text without words as it is.</returns>
    public static string? PlainText(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (IsTooLarge(text))
        {
            return text;
        }

        try
        {
            var words = string.Join(' ', Markdig.Markdown.ToPlainText(text, Pipeline, MarkdownWork.Start()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return words.Length > 0 ? words : text;
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static bool IsTooLarge(string text) => text.Length > MaxLength || MarkdownWork.HasTooManyCells(text);

    private static MarkupString Plain(string text) => new($"<pre>{WebUtility.HtmlEncode(text)}</pre>");

    private static void MakeSafe(Inline inline)
    {
        switch (inline)
        {
            case LinkInline link when IsSafe(link.GetDynamicUrl?.Invoke() ?? link.Url):
                link.IsImage = false;
                link.GetAttributes().AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");
                break;
            case AutolinkInline { IsEmail: true }:
                break;
            case AutolinkInline link when IsSafe(link.Url):
                link.GetAttributes().AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");
                break;
            case LinkInline link:
                link.IsImage = false;
                link.ReplaceBy(new EmphasisInline { DelimiterChar = '*', DelimiterCount = 1 });
                break;
            case AutolinkInline link:
                link.ReplaceBy(new LiteralInline(link.Url));
                break;
        }
    }

    private static bool IsSafe(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && SafeSchemes.Contains(uri.Scheme, StringComparer.OrdinalIgnoreCase);
}
