namespace Platform.Web.Features.Traces.Document;

/// <summary>What the document alone knows about a model request.</summary>
public sealed record CallPart
{
    public string? CallId { get; init; }

    public CallRequestPart? Request { get; init; }
}
