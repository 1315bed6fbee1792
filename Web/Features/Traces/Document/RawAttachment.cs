namespace Platform.Web.Features.Traces.Document;

/// <summary>A file on a Discord message.</summary>
public sealed record RawAttachment
{
    public string? Url { get; init; }

    public string? ContentType { get; init; }

    public string? Filename { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }
}
