namespace Platform.Web.Features.Traces.Document;

/// <summary>Estimated tokens of the context, by kind.</summary>
public sealed record TokenEstimates
{
    public int System { get; init; }

    public int Messages { get; init; }

    public int Images { get; init; }

    public int Tools { get; init; }

    public int Total { get; init; }
}
