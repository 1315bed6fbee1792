namespace Platform.Web.Features.Traces.Document;

/// <summary>How an answer grew.</summary>
public sealed record CallTimeline
{
    /// <summary>Pieces that the provider sent.</summary>
    public int Chunks { get; init; }

    /// <summary>Pairs of milliseconds since the request and characters that were there by then.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Points { get; init; } = [];

    /// <summary>Silences of more than a second within the answer.</summary>
    public IReadOnlyList<CallStall> Stalls { get; init; } = [];
}
