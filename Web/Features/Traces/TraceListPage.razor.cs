using Microsoft.AspNetCore.Components;
using Platform.Contracts.Bots;
using Platform.Contracts.Traces;
using Platform.Web.Components;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>The trace list. Filters, order, columns and cursor are in the address.</summary>
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

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Cursor { get; set; }

    [SupplyParameterFromForm(FormName = "save-view")]
    private SaveForm? SaveView { get; set; }

    /// <summary>Name of the view whose button was pressed.</summary>
    [SupplyParameterFromForm(FormName = "delete-view")]
    private string? DeleteView { get; set; }

    private TraceFilters Filters => field ??= new TraceFilters(HttpContext.Request.Query);

    private TraceList? Page { get; set; }

    private BotList? Bots { get; set; }

    private TraceFacetsResponse? Facets { get; set; }

    private SavedTraceViewList? Views { get; set; }

    /// <summary>Error message for an invalid filter, order or column.</summary>
    private string? Problem { get; set; }

    /// <summary>Error message for a view that could not be saved or deleted.</summary>
    private string? ViewProblem { get; set; }

    private IReadOnlyList<string> BotNames =>
        [.. (Bots?.Bots ?? []).Select(bot => bot.Handle).Concat(Facets?.Bots ?? []).Distinct().Order(StringComparer.OrdinalIgnoreCase)];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var traces = ListAsync();
        var bots = Api.GetBotsAsync(HttpContext.RequestAborted);
        var facets = Api.GetTraceFacetsAsync(HttpContext.RequestAborted);
        var views = Api.GetTraceViewsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(traces, bots, facets, views);
        (Page, Bots, Facets, Views) = (await traces, await bots, await facets, await views);
    }

    /// <summary>What the address says wrong is shown above the form, with status 400. An invalid cursor has no field, so it leads to the error page.</summary>
    private async Task<TraceList> ListAsync()
    {
        if (Filters.Columns is null)
        {
            return Refuse($"columns must be a list of {string.Join(", ", TraceColumn.All.Select(column => column.Name))}, with commas between them.");
        }

        try
        {
            var query = Filters.ApiQuery(("cursor", Cursor), ("limit", $"{PageSize}"), ("count", Cursor is null ? "true" : null));
            return await Api.GetTracesAsync(query, HttpContext.RequestAborted);
        }
        catch (ApiBadRequestException exception) when (Cursor is null)
        {
            return Refuse(exception.Message);
        }
    }

    private TraceList Refuse(string problem)
    {
        Problem = problem;
        HttpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Nothing;
    }

    private async Task SaveViewAsync()
    {
        var name = SaveView?.Name?.Trim() ?? "";
        ViewProblem = SavedTraceView.ProblemWithName(name)
            ?? await Api.SaveTraceViewAsync(name, Filters.Query().ToString(), HttpContext.RequestAborted);
        ShowList();
    }

    private async Task DeleteViewAsync()
    {
        ViewProblem = SavedTraceView.ProblemWithName(DeleteView)
            ?? await Api.DeleteTraceViewAsync(DeleteView!, HttpContext.RequestAborted); // It has a name.
        ShowList();
    }

    private void ShowList()
    {
        if (ViewProblem is null)
        {
            Navigation.NavigateTo($"/traces{Filters.Query()}");
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

    /// <summary>Form fields.</summary>
    private sealed class SaveForm
    {
        public string? Name { get; set; }
    }
}
