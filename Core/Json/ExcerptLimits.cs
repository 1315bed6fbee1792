namespace Platform.Core.Json;

/// <summary>What an excerpt keeps of a document.</summary>
internal sealed record ExcerptLimits
{
    /// <summary>Which members of the document are kept, by name; all unless set.</summary>
    public Predicate<string> Keeps { get; init; } = _ => true;

    /// <summary>Longest text, in bytes as escaped; longer ones are cut and end with an ellipsis. Default 64 KiB.</summary>
    public int TextBytes { get; init; } = 64 * 1024;

    /// <summary>Most elements of one array; those beyond are left out. Default 10,000.</summary>
    public int Elements { get; init; } = 10_000;

    /// <summary>Bytes of one member of the document after which its arrays and objects take nothing more.</summary>
    public required int MemberBytes { get; init; }

    /// <summary>Bytes of all members after which nothing more is taken.</summary>
    public required int TotalBytes { get; init; }
}
