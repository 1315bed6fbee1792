using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using Platform.Contracts.Bots;
using Platform.Contracts.Statistics;
using Platform.Contracts.Traces;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Statistics;

/// <summary>Silent activations by reason, bot and channel.</summary>
public sealed partial class SilentReasonsPage
{
    private static readonly (string Value, string Label)[] Since = [("1h", "Last hour"), ("24h", "Last 24 hours"), ("7d", "Last 7 days"), ("30d", "Last 30 days")];

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? Bot { get; set; }

    private SilenceList? List { get; set; }

    private TraceFacetsResponse? Facets { get; set; }

    /// <summary>Bots for their display names.</summary>
    private IReadOnlyList<BotResponse> Bots { get; set; } = [];

    private IEnumerable<string> BotNames => (Facets?.Bots ?? []).Concat(string.IsNullOrEmpty(Bot) ? [] : [Bot]).Distinct();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var query = new QueryBuilder { { "from", From ?? "" }, { "bot", Bot ?? "" } };
        var silences = Api.GetSilenceAsync(query.ToQueryString(), HttpContext.RequestAborted);
        var facets = Api.GetTraceFacetsAsync(HttpContext.RequestAborted);
        var bots = Api.GetBotsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(silences, facets, bots);
        (List, Facets, Bots) = (await silences, await facets, (await bots).Bots);
    }

    private static List<(string Reason, long Count)> Reasons(SilenceList list) =>
    [
        .. list.Silences.GroupBy(silence => silence.Reason)
            .Select(rule => (rule.Key, rule.Sum(silence => silence.Count)))
            .OrderByDescending(rule => rule.Item2).ThenBy(rule => rule.Key, StringComparer.Ordinal),
    ];

    private QueryString QueryOf(string? bot, string? channel, string reason)
    {
        var query = new QueryBuilder { { "silent_reason", reason }, { "from", string.IsNullOrEmpty(From) ? "7d" : From } };
        foreach (var (key, value) in ((string, string?)[])[("bot", bot ?? Bot), ("channel", channel)])
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(key, value);
            }
        }

        return query.ToQueryString();
    }
}
