using Microsoft.AspNetCore.Components;
using Platform.Contracts.Bots;
using Platform.Contracts.Traces;
using Platform.Web.Components;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>The trace list. Filters and cursor are in the address.</summary>
public sealed partial class TraceListPage
{
    private const int PageSize = 50;

    private static readonly (string Format, string Name, string What)[] Exports =
    [
        ("chapterx", "ChapterX folder", "Zip of a logs folder: traces, index, raw requests and responses"),
        ("otlp", "OpenTelemetry", "OTLP JSON, a span per model and tool call, without message texts"),
        ("json", "JSON", "One file, without raw requests and responses"),
    ];

    private static readonly TraceList Nothing = new([], null);

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Cursor { get; set; }

    private TraceFilters Filters => new(HttpContext.Request.Query);

    private TraceList? Page { get; set; }

    private BotList? Bots { get; set; }

    private TraceFacetsResponse? Facets { get; set; }

    /// <summary>Error message for an invalid filter.</summary>
    private string? Problem { get; set; }

    private IReadOnlyList<string> BotNames =>
        [.. (Bots?.Bots ?? []).Select(bot => bot.Handle).Concat(Facets?.Bots ?? []).Distinct().Order(StringComparer.OrdinalIgnoreCase)];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var traces = ListAsync();
        var bots = Api.GetBotsAsync(HttpContext.RequestAborted);
        var facets = Api.GetTraceFacetsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(traces, bots, facets);
        (Page, Bots, Facets) = (await traces, await bots, await facets);
    }

    /// <summary>An invalid filter is shown above the form, with status 400. An invalid cursor has no field, so it leads to the error page.</summary>
    private async Task<TraceList> ListAsync()
    {
        try
        {
            var query = Filters.Query(("cursor", Cursor), ("limit", $"{PageSize}"), ("count", Cursor is null ? "true" : null));
            return await Api.GetTracesAsync(query, HttpContext.RequestAborted);
        }
        catch (ApiBadRequestException exception) when (Cursor is null)
        {
            Problem = exception.Message;
            HttpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Nothing;
        }
    }

    private static string? Found(TraceList list) => list.Total switch
    {
        null => null,
        { IsEstimate: true } total => $"About {Format.Number(Rounded(total.Count))} traces",
        { } total => Format.Plural(total.Count, "trace"),
    };

    /// <summary>Rounds an estimate to two significant digits.</summary>
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
