using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using Platform.Contracts.Bots;
using Platform.Contracts.Traces;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>The trace list. Filters and place are in the address.</summary>
public sealed partial class TraceListPage
{
    private const int PageSize = 50;

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Bot { get; set; }

    [SupplyParameterFromQuery]
    private string? Outcome { get; set; }

    [SupplyParameterFromQuery]
    private string? Cursor { get; set; }

    private TraceList? Page { get; set; }

    private BotList? Cast { get; set; }

    private bool IsFiltered => !string.IsNullOrEmpty(Bot) || !string.IsNullOrEmpty(Outcome);

    private IEnumerable<string> BotNames =>
        (Cast?.Bots ?? []).Select(bot => bot.Handle)
            .Concat((Page?.Traces ?? []).Select(trace => trace.Bot))
            .Concat(string.IsNullOrEmpty(Bot) ? [] : [Bot])
            .Distinct()
            .Order(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var traces = Api.GetTracesAsync(Query(Cursor, ("limit", $"{PageSize}")), HttpContext.RequestAborted);
        var cast = Api.GetBotsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(traces, cast);
        (Page, Cast) = (await traces, await cast);
    }

    private QueryString Query(string? cursor, params ReadOnlySpan<(string Key, string Value)> more)
    {
        var query = new QueryBuilder();
        foreach (var (key, value) in (ReadOnlySpan<(string, string?)>)[("bot", Bot), ("outcome", Outcome), ("cursor", cursor), .. more])
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(key, value);
            }
        }

        return query.ToQueryString();
    }
}
