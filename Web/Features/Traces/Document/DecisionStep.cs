namespace Platform.Web.Features.Traces.Document;

/// <summary>One rule that was asked whether the bot should act.</summary>
public sealed record DecisionStep
{
    public string? Rule { get; init; }

    /// <summary>What the rule said, e.g. <c>pass</c>, <c>act</c>, <c>silent</c>.</summary>
    public string? Verdict { get; init; }

    public string? Detail { get; init; }

    /// <summary>False when an earlier rule had decided already and this one was asked only for the record.</summary>
    public bool Decisive { get; init; } = true;
}
