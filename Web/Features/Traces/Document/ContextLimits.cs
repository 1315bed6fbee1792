namespace Platform.Web.Features.Traces.Document;

/// <summary>Limits of a context.</summary>
public sealed record ContextLimits
{
    /// <summary>Messages that a context holds.</summary>
    public int? RecencyWindow { get; init; }

    /// <summary>Messages that may gather beyond them before it rolls.</summary>
    public int? RollingThreshold { get; init; }

    public int? MaxImages { get; init; }

    /// <summary>Older files keep it here.</summary>
    public string? Mode { get; init; }
}
