namespace Platform.Web.Features.Traces.Document;

/// <summary>What the document alone knows about a model request.</summary>
public sealed record CallPart
{
    public string? CallId { get; init; }

    /// <summary>Which round of the tool loop it was, from 0.</summary>
    public int Depth { get; init; }

    public CallRequestPart? Request { get; init; }

    public CallResponsePart? Response { get; init; }

    public CallErrorPart? Error { get; init; }

    /// <summary>How the answer streamed; only our own traces know.</summary>
    public CallTimeline? Timeline { get; init; }
}
