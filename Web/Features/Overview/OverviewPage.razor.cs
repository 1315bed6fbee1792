using Microsoft.AspNetCore.Components;
using Platform.Contracts.Bots;
using Platform.Contracts.Overview;
using Platform.Contracts.Statistics;
using Platform.Web.Instruments;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Overview;

/// <summary>The first page: who lives here, and what they did lately.</summary>
public sealed partial class OverviewPage
{
    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private static readonly (string Name, string Label)[] Ranges = [("24h", "24 hours"), ("7d", "7 days"), ("30d", "30 days")];

    [SupplyParameterFromQuery]
    private string? Range { get; set; }

    private OverviewResponse? Overview { get; set; }

    private StatisticsResponse? Statistics { get; set; }

    private BotList? Bots { get; set; }

    private static string Greeting(OverviewResponse today) => today switch
    {
        { Failed: > 0 } => $"{Quantity.Of(today.Failed, "answer")} failed",
        { Running: > 0 } => $"{Quantity.Of(today.Running, "bot is", "bots are")} at work",
        { BackupProblem: not null } => "The backups need you",
        { Answered: > 0 } => "All is well",
        _ => "Everyone is at home",
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var overview = Api.GetOverviewAsync(HttpContext.RequestAborted);
        var cast = Api.GetBotsAsync(HttpContext.RequestAborted);
        var statistics = Api.GetStatisticsAsync(Range, HttpContext.RequestAborted);
        await Task.WhenAll(overview, cast, statistics);
        (Overview, Bots, Statistics) = (await overview, await cast, await statistics);
    }

    private static string RangeWords(string range) => $"The last {Ranges.FirstOrDefault(one => one.Name == range).Label ?? range}";

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
        [Series("read by models", "first", figures => figures.TokensIn), Series("written by models", "second", figures => figures.TokensOut)];

    private IReadOnlyList<ChartSeries> Latency =>
        [Series("median", "first", figures => figures.LatencyP50Ms), Series("slowest 5 % from", "second", figures => figures.LatencyP95Ms)];

    private IReadOnlyList<ChartSeries> Cost => [Series("US dollars", "first", figures => (double?)figures.CostUsd)];

    private ChartSeries Series(string name, string tone, Func<ActivityFigures, double?> value) =>
        new(name, tone, [.. Buckets.Select(bucket => value(bucket.Figures))]);
}
