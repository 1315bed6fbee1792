using Microsoft.AspNetCore.Components;
using Platform.Contracts.Bots;
using Platform.Contracts.Traces;
using Platform.Web.Features.Traces.Document;
using Platform.Web.Instruments;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>One trace, told from its end: what came of it, why, what was sent and received, what the bot saw.</summary>
public sealed partial class TracePage
{
    /// <summary>The trace's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = "all")]
    private string? All { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private TraceDetail? Trace { get; set; }

    private TraceDocument? Document { get; set; }

    private BotResponse? Bot { get; set; }

    private TraceSummary Summary => Trace!.Summary; // read only where Trace was found

    private bool ShowAll => All is not null;

    private string Verdict => Summary.Outcome switch
    {
        TraceOutcome.Answered => "answered",
        TraceOutcome.Silent => "stayed silent",
        TraceOutcome.Failed => "failed",
        _ => "was stopped",
    };

    private IEnumerable<(string Id, string Label)> Sections
    {
        get
        {
            yield return ("outcome", "Outcome");
            yield return ("why", "Why");
            yield return ("calls", "Model calls");
            if (Document?.ContextBuild is { } context)
            {
                yield return ("context", $"Context {Quantity.Count(context.Messages.Count)}");
            }

            if (Document is { ToolExecutions.Count: > 0 and var tools })
            {
                yield return ("tools", $"Tools {tools}");
            }

            if (Document is { Logs.Count: > 0 and var logs })
            {
                yield return ("logs", $"Log {Quantity.Count(logs)}");
            }

            yield return ("document", "Document");
        }
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var trace = Api.FindTraceAsync(Id, HttpContext.RequestAborted);
        var cast = Api.GetBotsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(trace, cast);
        Trace = await trace;
        if (Trace is null)
        {
            HttpContext.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Document = TraceDocument.Read(Trace.Document);
        Bot = (await cast).Bots.FirstOrDefault(bot => bot.Handle == Summary.Bot);
    }
}
