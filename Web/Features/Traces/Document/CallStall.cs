namespace Platform.Web.Features.Traces.Document;

/// <summary>A silence within an answer.</summary>
public sealed record CallStall
{
    /// <summary>Milliseconds since the request.</summary>
    public long AtMs { get; init; }

    /// <summary>How long nothing came, in milliseconds.</summary>
    public long DurationMs { get; init; }
}
