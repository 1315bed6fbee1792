using Microsoft.AspNetCore.Components;
using Platform.Contracts.Bots;
using Platform.Contracts.Traces;
using Platform.Web.Instruments;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>The trace list. Filters and place are in the address.</summary>
public sealed partial class TraceListPage
{
    private const int PageSize = 50;

    private static readonly (string Format, string Name, string What)[] Exports =
    [
        ("chapterx", "ChapterX folder", "A zip of logs, with index and bodies, byte for byte"),
        ("otlp", "OpenTelemetry", "OTLP JSON with spans of models and tools"),
        ("json", "JSON", "One file with everything"),
    ];

    private static readonly TraceList Nothing = new([], null);

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [SupplyParameterFromQuery]
    private string? Bot { get; set; }

    [SupplyParameterFromQuery]
    private string? Channel { get; set; }

    [SupplyParameterFromQuery]
    private string? Outcome { get; set; }

    [SupplyParameterFromQuery(Name = "silent_reason")]
    private string? SilentReason { get; set; }

    [SupplyParameterFromQuery]
    private string? Model { get; set; }

    [SupplyParameterFromQuery(Name = "cost_from")]
    private string? CostFrom { get; set; }

    [SupplyParameterFromQuery(Name = "duration_from")]
    private string? DurationFrom { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Cursor { get; set; }

    private TraceFilters Filters => new(Q, Bot, Channel, Outcome, SilentReason, Model, CostFrom, DurationFrom, From, To);

    private TraceList? Page { get; set; }

    private BotList? Cast { get; set; }

    private TraceFacetsResponse? Facets { get; set; }

    /// <summary>What the Api cannot read of the address.</summary>
    private string? Problem { get; set; }

    private IReadOnlyList<string> BotNames =>
        [.. (Cast?.Bots ?? []).Select(bot => bot.Handle).Concat(Facets?.Bots ?? []).Distinct().Order(StringComparer.OrdinalIgnoreCase)];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var traces = ListAsync();
        var cast = Api.GetBotsAsync(HttpContext.RequestAborted);
        var facets = Api.GetTraceFacetsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(traces, cast, facets);
        (Page, Cast, Facets) = (await traces, await cast, await facets);
    }

    /// <summary>A filter that cannot be read is told beside the form, where it can be mended; a cursor has no field there.</summary>
    private async Task<TraceList> ListAsync()
    {
        try
        {
            var query = Filters.Query(("cursor", Cursor), ("limit", $"{PageSize}"), ("count", Cursor is null ? "true" : null));
            return await Api.GetTracesAsync(query, HttpContext.RequestAborted);
        }
        catch (ApiRejectedException exception) when (Cursor is null)
        {
            Problem = exception.Message;
            return Nothing;
        }
    }

    private static string? Found(TraceList list) => list.Total switch
    {
        null => null,
        { IsEstimate: true } total => $"About {Quantity.Count(Rounded(total.Count))} traces",
        { } total => Quantity.Of(total.Count, "trace"),
    };

    /// <summary>To two digits: an estimate knows no more.</summary>
    private static long Rounded(long estimate)
    {
        var unit = 1L;
        while (estimate / unit >= 100)
        {
            unit *= 10;
        }

        return (estimate + (unit / 2)) / unit * unit;
    }
}
