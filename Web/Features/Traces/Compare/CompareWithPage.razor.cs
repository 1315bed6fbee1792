using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using Platform.Contracts.Bots;
using Platform.Contracts.Traces;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces.Compare;

/// <summary>Lists the traces that one can be compared with: other runs of its bot, newest first.</summary>
public sealed partial class CompareWithPage
{
    private const int PageSize = 30;

    /// <summary>Value of <c>scope</c> for all channels of the bot.</summary>
    private const string BotScope = "bot";

    private static readonly (string? Scope, bool Later, string Label)[] Choices =
    [
        (null, false, "Earlier in this channel"),
        (null, true, "Later in this channel"),
        (BotScope, false, "Earlier, all channels of the bot"),
        (BotScope, true, "Later, all channels of the bot"),
    ];

    /// <summary>The trace's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = "scope")]
    private string? ScopeText { get; set; }

    [SupplyParameterFromQuery]
    private string? When { get; set; }

    [SupplyParameterFromQuery]
    private string? Cursor { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private TraceDetail? Trace { get; set; }

    private TraceSummary Summary => Trace!.Summary; // used only when Trace is not null

    private TraceList List { get; set; } = new([], null);

    /// <summary>Bots for their display names.</summary>
    private IReadOnlyList<BotResponse> Bots { get; set; } = [];

    private string? Scope => ScopeText == BotScope ? BotScope : null;

    private bool IsLater => When == "later";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var trace = Api.FindTraceAsync(Id, HttpContext.RequestAborted);
        var bots = Api.GetBotsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(trace, bots);
        (Trace, Bots) = (await trace, (await bots).Bots);
        if (Trace is null)
        {
            NotFoundStatus.Set(HttpContext);
            return;
        }

        var list = await Api.GetTracesAsync(Query(), HttpContext.RequestAborted);
        List = list with { Traces = [.. list.Traces.Where(one => one.Id != Summary.Id)] };
    }

    /// <summary>The trace itself may be in the answer, as may others that started in the same moment.</summary>
    private QueryString Query()
    {
        var query = new QueryBuilder { { "bot", Summary.Bot }, { "limit", $"{PageSize}" } };
        query.Add(IsLater ? "from" : "to", (IsLater ? Summary.StartedAt : Summary.StartedAt.AddMicroseconds(1)).UtcDateTime.ToString("O"));
        if (Scope is null)
        {
            query.Add("channel", Summary.ChannelId);
        }

        if (Cursor is not null)
        {
            query.Add("cursor", Cursor);
        }

        return query.ToQueryString();
    }

    /// <summary>The older trace is A.</summary>
    private string Comparison(TraceSummary other)
    {
        var (a, b) = IsLater ? (Summary.Id, other.Id) : (other.Id, Summary.Id);
        return $"/traces/compare{new QueryBuilder { { "a", a }, { "b", b } }}";
    }

    private string? NameOf(TraceSummary other) => other.Id == Trace?.PreviousTraceId ? "run before" : other.Id == Trace?.NextTraceId ? "run after" : null;

    private string Address(string? scope, bool later, string? cursor = null)
    {
        var query = new QueryBuilder();
        foreach (var (key, value) in new[] { ("scope", scope), ("when", later ? "later" : null), ("cursor", cursor) })
        {
            if (value is not null)
            {
                query.Add(key, value);
            }
        }

        return $"/traces/{Uri.EscapeDataString(Summary.Id)}/compare{query}";
    }
}
