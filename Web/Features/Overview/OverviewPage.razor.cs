using Microsoft.AspNetCore.Components;
using Platform.Contracts.Bots;
using Platform.Contracts.Overview;
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

    private OverviewResponse? Overview { get; set; }

    private BotList? Bots { get; set; }

    private static string Greeting(OverviewResponse today) => today switch
    {
        { Failed: > 0 } => $"{Quantity.Of(today.Failed, "answer")} failed",
        { Running: > 0 } => $"{Quantity.Of(today.Running, "bot is", "bots are")} at work",
        { Answered: > 0 } => "All is well",
        _ => "Everyone is at home",
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var overview = Api.GetOverviewAsync(HttpContext.RequestAborted);
        var cast = Api.GetBotsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(overview, cast);
        (Overview, Bots) = (await overview, await cast);
    }
}
