using Microsoft.AspNetCore.Components;
using Platform.Contracts.Bots;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Web.Features.Traces.Waterfall;
using Platform.Web.Instruments;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>One trace, told from its end: what came of it, why, what was sent and received, what the bot saw.</summary>
public sealed partial class TracePage
{
    private const int NameLength = 200;

    /// <summary>The trace's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = "all")]
    private string? All { get; set; }

    [SupplyParameterFromQuery]
    private int? From { get; set; }

    [SupplyParameterFromQuery]
    private string? Level { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private TraceDetail? Trace { get; set; }

    private TraceDocument? Document { get; set; }

    private BotResponse? Bot { get; set; }

    private TraceSummary Summary => Trace!.Summary; // read only where Trace was found

    private TraceView View => new(Id, All, Math.Max(0, From ?? 0), Level);

    private ActivationTimeline Timeline { get; set; } = default!; // read only where Trace was found

    private Dictionary<string, int> Positions { get; set; } = [];

    /// <summary>Places among the raw messages by id.</summary>
    private Dictionary<string, int> RawPlaces { get; set; } = [];

    /// <summary>Null as long as one call's price is unknown.</summary>
    private decimal? Cost => Trace is { Calls: { Count: > 0 } calls } && calls.All(call => call.CostUsd is not null) ? calls.Sum(call => call.CostUsd) : null;

    private List<string> Layers => Document?.Platform is { } platform
        ? ["shared.yaml", Bot?.SourceFile ?? "the bot's file", .. platform.ModelOverride is { } model ? [$"this answer only: model {model}"] : Array.Empty<string>()]
        : ["shared", "server", "bot", "bot on that server", "pins in the channel: only what they merge to was kept"];

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
            yield return ("time", "Time");
            yield return ("calls", "Model calls");
            if (Document is null)
            {
                yield return ("document", "Document");
                yield break;
            }

            if (Document.ToolExecutions.Count > 0)
            {
                yield return ("tools", $"Tools {Document.ToolExecutions.Count}");
            }

            if (Document.ContextBuild is { } context)
            {
                yield return ("context", $"Context {Quantity.Count(context.Messages.Count)}");
            }

            if (Document.RawDiscordMessages is { Count: > 0 } messages)
            {
                yield return ("raw", $"Discord {Quantity.Count(messages.Count)}");
            }

            if (Trace?.Effects is { Count: > 0 } effects)
            {
                yield return ("effects", $"Deliveries {Quantity.Count(effects.Count)}");
            }

            if (Document.Logs.Count > 0)
            {
                yield return ("logs", $"Log {Quantity.Count(Document.Logs.Count)}");
            }

            if (Document.Config is not null)
            {
                yield return ("config", "Configuration");
            }

            yield return ("document", "Links");
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
            MissingPage.Answer(HttpContext);
            return;
        }

        Document = ShownDocument.Read(Trace.Document);
        Timeline = ActivationTimeline.Of(Trace, Document);
        foreach (var (place, message) in (Document?.RawDiscordMessages ?? []).Index())
        {
            if (message.Id is { } id)
            {
                RawPlaces[id] = place;
            }
        }

        foreach (var message in Document?.ContextBuild?.Messages ?? [])
        {
            if (message.DiscordMessageId is { } id)
            {
                Positions[id] = message.Position;
            }
        }

        Bot = (await cast).Bots.FirstOrDefault(bot => bot.Handle == Summary.Bot);
    }
}
