using System.Net;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace Platform.Web.Features.Conversations;

/// <summary>
/// Renders messages as safe HTML: no raw HTML, no images, and links only to absolute http, https and mailto addresses.
/// </summary>
internal static class Markdown
{
    private static readonly string[] SafeSchemes = ["http", "https", "mailto"];

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseAutoLinks()
        .UsePipeTables()
        .UseTaskLists()
        .UseEmphasisExtras()
        .UseSoftlineBreakAsHardlineBreak()
        .Build();

    /// <summary>Renders <paramref name="text"/>. Text that is nested too deeply is shown as plain text.</summary>
    public static MarkupString Render(string text)
    {
        try
        {
            var document = Markdig.Markdown.Parse(text, Pipeline);
            foreach (var inline in document.Descendants<Inline>().ToArray())
            {
                MakeSafe(inline);
            }

            return new MarkupString(document.ToHtml(Pipeline));
        }
        catch (ArgumentException)
        {
            return new MarkupString($"<pre>{WebUtility.HtmlEncode(text)}</pre>");
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

        try
        {
            var words = string.Join(' ', Markdig.Markdown.ToPlainText(text, Pipeline).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return words.Length > 0 ? words : text;
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

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
