using Microsoft.AspNetCore.Components;
using Platform.Contracts.Attention;
using Platform.Contracts.Bots;
using Platform.Contracts.Overview;
using Platform.Contracts.Statistics;
using Platform.Web.Components;
using Platform.Web.Features.Attention;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Overview;

/// <summary>The start page: bots, statistics and recent traces.</summary>
public sealed partial class OverviewPage
{
    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private CurrentAttention Current { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private static readonly (string Name, string Label)[] Ranges = [("24h", "24 hours"), ("7d", "7 days"), ("30d", "30 days")];

    [SupplyParameterFromQuery]
    private string? Range { get; set; }

    private OverviewResponse? Overview { get; set; }

    private StatisticsResponse? Statistics { get; set; }

    private BotList? Bots { get; set; }

    /// <summary>Null when it could not be read.</summary>
    private IReadOnlyList<AttentionItem>? Attention { get; set; }

    private int Problems => CurrentAttention.Problems(Attention ?? []);

    /// <summary>The most urgent state: <c>failed</c>, <c>attention</c>, <c>unknown</c>, <c>running</c>, <c>ok</c> or <c>idle</c>.</summary>
    private string StatusOf(OverviewResponse today) => today switch
    {
        { Failed: > 0 } => "failed",
        _ when Attention is null => "unknown",
        _ when Problems > 0 => "attention",
        { Running: > 0 } => "running",
        { Answered: > 0 } => "ok",
        _ => "idle",
    };

    private string StatusText(OverviewResponse today) => StatusOf(today) switch
    {
        "failed" => $"{Format.Plural(today.Failed, "activation")} failed in the last 24 hours.",
        "unknown" => "The state of the platform could not be read.",
        "attention" => $"{Format.Plural(Problems, "item")} {(Problems == 1 ? "needs" : "need")} attention.",
        "running" => $"{Format.Plural(today.Running, "activation")} running.",
        "ok" => "No failed activations in the last 24 hours.",
        _ => "No answers in the last 24 hours.",
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var overview = Api.GetOverviewAsync(HttpContext.RequestAborted);
        var bots = Api.GetBotsAsync(HttpContext.RequestAborted);
        var statistics = Api.GetStatisticsAsync(Range, HttpContext.RequestAborted);
        var attention = Current.GetAsync();
        await Task.WhenAll(overview, bots, statistics, attention);
        (Overview, Bots, Statistics, Attention) = (await overview, await bots, await statistics, await attention);
    }

    private IReadOnlyList<DateTimeOffset> Starts => [.. Buckets.Select(bucket => bucket.Start)];

    private IReadOnlyList<ActivityBucket> Buckets => Statistics?.Buckets ?? [];

    private IReadOnlyList<ChartSeries> Activations =>
    [
        Series("answered", "answered", figures => figures.Answered),
        Series("silent", "silent", figures => figures.Silent),
        Series("cancelled", "cancelled", figures => figures.Cancelled),
        Series("failed", "failed", figures => figures.Failed),
    ];

    private IReadOnlyList<ChartSeries> Tokens =>
        [Series("input", "first", figures => figures.TokensIn), Series("output", "second", figures => figures.TokensOut)];

    private IReadOnlyList<ChartSeries> Latency =>
        [Series("p50", "first", figures => figures.LatencyP50Ms), Series("p95", "second", figures => figures.LatencyP95Ms)];

    private IReadOnlyList<ChartSeries> Cost => [Series("US dollars", "first", figures => (double?)figures.CostUsd)];

    private ChartSeries Series(string name, string tone, Func<ActivityFigures, double?> value) =>
        new(name, tone, [.. Buckets.Select(bucket => value(bucket.Figures))]);
}
