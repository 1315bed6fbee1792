using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;

namespace Platform.Web.Features.Conversations;

/// <summary>
/// Bounds the work for one text. Markdig may look from each bracket, star or backtick to the end of its paragraph, so the work grows with the
/// square of their number: 24,750 times <c>[a](</c> took 4.7 s. What is left of the paragraph is counted at each of them.
/// </summary>
internal sealed class MarkdownWork : InlineParser, IMarkdownExtension
{
    /// <summary>Most characters that are gone through again; a paragraph of 10,000 characters with 500 marks takes 2.5 million.</summary>
    public const long Most = 8_000_000;

    /// <summary>Most cells of tables, counted as the widest line times all lines: Markdig fills each row up to the widest.</summary>
    public const int MostCells = 100_000;

    private static readonly object Key = new();

    private static readonly string[] Addresses = ["http", "ftp", "mailto", "tel", "www."];

    public MarkdownWork() => OpeningCharacters = [.. "[]!*_~^+=`<|\\&hfmtw"];

    /// <summary>The place where the work for one text is counted.</summary>
    public static MarkdownParserContext Start()
    {
        var context = new MarkdownParserContext();
        context.Properties[Key] = new Counter();
        return context;
    }

    /// <summary>Whether tables of this text would have more cells than are shown.</summary>
    public static bool HasTooManyCells(string text)
    {
        long widest = 0;
        long lines = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lines++;
            widest = Math.Max(widest, line.Count('|'));
        }

        return widest * lines > MostCells;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The text takes more work than <see cref="Most"/>; the same exception as for one that nests too deeply.</exception>
    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (processor.Context?.Properties[Key] is Counter counter && (!char.IsAsciiLetter(slice.CurrentChar) || BeginsAddress(slice)))
        {
            counter.Done += slice.Length;
            if (counter.Done > Most)
            {
                throw new ArgumentException("The text takes too much work.", nameof(slice));
            }
        }

        return false;
    }

    void IMarkdownExtension.Setup(MarkdownPipelineBuilder pipeline) => pipeline.InlineParsers.Insert(0, this);

    void IMarkdownExtension.Setup(MarkdownPipeline pipeline, Markdig.Renderers.IMarkdownRenderer renderer)
    {
    }

    private static bool BeginsAddress(StringSlice slice) => Array.Exists(Addresses, address => slice.AsSpan().StartsWith(address, StringComparison.OrdinalIgnoreCase));

    private sealed class Counter
    {
        public long Done { get; set; }
    }
}
