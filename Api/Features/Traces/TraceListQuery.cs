using Microsoft.AspNetCore.Mvc;
using Platform.Core.Traces;

namespace Platform.Api.Features.Traces;

/// <summary>What a list of traces is narrowed by, as the address says it: <see cref="TraceFilterText"/> with the names that binding and OpenAPI read.</summary>
internal sealed record TraceListQuery
{
    [FromQuery(Name = "bot")]
    public string? Bot { get; init; }

    [FromQuery(Name = "channel")]
    public string? Channel { get; init; }

    [FromQuery(Name = "outcome")]
    public string? Outcome { get; init; }

    [FromQuery(Name = "silent_reason")]
    public string? SilentReason { get; init; }

    [FromQuery(Name = "model")]
    public string? Model { get; init; }

    [FromQuery(Name = "cost_from")]
    public string? CostFrom { get; init; }

    [FromQuery(Name = "duration_from")]
    public string? DurationFrom { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    public TraceFilterText Filter => new()
    {
        Bot = Bot,
        Channel = Channel,
        Outcome = Outcome,
        SilentReason = SilentReason,
        Model = Model,
        CostFrom = CostFrom,
        DurationFrom = DurationFrom,
        From = From,
        To = To,
        Text = Text,
    };
}
