namespace Platform.Web.Features.Traces.Document;

/// <summary>What asked the bot.</summary>
public sealed record ActivationPart
{
    public string? Reason { get; init; }

    public IReadOnlyList<TriggerEvent> TriggerEvents { get; init; } = [];
}
