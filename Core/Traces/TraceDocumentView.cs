using System.Text.Json;
using Platform.Core.Json;

namespace Platform.Core.Traces;

/// <summary>A trace's document as far as an answer holds it.</summary>
/// <param name="Document">All of it, or an excerpt: long texts are cut, long lists end early.</param>
/// <param name="SizeBytes">Of the whole document.</param>
/// <param name="IsWhole">False for an excerpt.</param>
public sealed record TraceDocumentView(JsonElement Document, int SizeBytes, bool IsWhole)
{
    /// <summary>Largest document that is shown whole, in bytes: 2 MiB.</summary>
    public const int LargestWhole = 2 * 1024 * 1024;

    private const int BlockBytes = 64 * 1024;

    private static readonly ExcerptLimits Limits = new() { MemberBytes = 512 * 1024, TotalBytes = LargestWhole };

    internal static async Task<TraceDocumentView> ReadAsync(StoredContent stored, CancellationToken cancellationToken)
    {
        if (stored.SizeBytes <= LargestWhole)
        {
            return new TraceDocumentView(LargeJson.Parse(await stored.ReadAllAsync(cancellationToken)), stored.SizeBytes, IsWhole: true);
        }

        var excerpt = new JsonExcerpt(Limits);
        var block = new byte[BlockBytes];
        for (int read; (read = await stored.Content.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken)) > 0;)
        {
            excerpt.Push(block.AsSpan(0, read));
        }

        return new TraceDocumentView(LargeJson.Parse(excerpt.Complete()), stored.SizeBytes, IsWhole: !excerpt.IsCut);
    }
}
