using Microsoft.AspNetCore.Components;
using Platform.Contracts.Replays;
using Platform.Contracts.Traces;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Replays;

/// <summary>One model call of a trace with its original answer and its replays.</summary>
public sealed partial class ReplayPage
{
    /// <summary>The trace's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The call's position, from 0.</summary>
    [Parameter]
    public int Position { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "replay")]
    private string? Model { get; set; }

    [SupplyParameterFromForm(FormName = "replay")]
    private string? Mode { get; set; }

    private LlmCallResponse? Call { get; set; }

    private ReplayList? Replays { get; set; }

    private IReadOnlyList<string> Models { get; set; } = [];

    private string? Bot { get; set; }

    private string? Problem { get; set; }

    private DateTimeOffset Now => Clock.GetUtcNow();

    private string Here => $"/traces/{Uri.EscapeDataString(Id)}/calls/{Position}/replay";

    private bool IsOpen => Replays?.Replays.Any(replay => replay.Answer is null) is true;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var facets = Api.GetTraceFacetsAsync(HttpContext.RequestAborted);
        var trace = await Api.FindTraceAsync(Id, HttpContext.RequestAborted);
        Models = (await facets).Models;
        Bot = trace?.Summary.Bot;
        Call = trace?.Calls.FirstOrDefault(call => call.Position == Position);
        Replays = Call is null ? null : await Api.FindReplaysAsync(Id, Call.Id, HttpContext.RequestAborted);
        if (Replays is null)
        {
            NotFoundStatus.Set(HttpContext);
        }
    }

    private async Task ReplayAsync()
    {
        if (Call is null || Mode is not ("live" or "recorded"))
        {
            Problem = "Invalid form data. Reload the page and try again.";
            return;
        }

        var request = Mode is "live" ? new ReplayRequest(ReplayMode.Live, Model) : new ReplayRequest(ReplayMode.Recorded);
        Problem = (await Api.ReplayAsync(Id, Call.Id, request, HttpContext.RequestAborted)).Problem;
        if (Problem is null)
        {
            Navigation.NavigateTo(Here);
        }
    }

    private static string HeadingOf(ReplayResponse replay) => replay.Mode is ReplayMode.Recorded ? "Recorded answer" : replay.AskedModel;
}
