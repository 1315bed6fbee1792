using Microsoft.AspNetCore.Components;
using Platform.Contracts.Bots;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Web.Features.Traces.Waterfall;
using Platform.Web.Components;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>One trace: outcome, trigger and decision, timeline, model calls, context, deliveries, log and configuration.</summary>
public sealed partial class TracePage
{
    private const int NameLength = 200;

    /// <summary>The trace's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = "all")]
    private string? All { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? FirstRow { get; set; }

    [SupplyParameterFromQuery]
    private string? Level { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private TraceDetail? Trace { get; set; }

    private TraceDocument? Document { get; set; }

    private BotResponse? Bot { get; set; }

    private TraceSummary Summary => Trace!.Summary; // used only when Trace is not null

    private TraceView View => new(Id, All, QueryNumber.Read(FirstRow) ?? 0, Level);

    private ActivationTimeline Timeline { get; set; } = default!; // used only when Trace is not null

    private Dictionary<string, int> Positions { get; set; } = [];

    /// <summary>Index of each Discord message by id.</summary>
    private Dictionary<string, int> RawPlaces { get; set; } = [];

    /// <summary>Null when the price of any call is unknown.</summary>
    private decimal? Cost => Trace is { Calls: { Count: > 0 } calls } && calls.All(call => call.CostUsd is not null) ? calls.Sum(call => call.CostUsd) : null;

    private List<string> Layers => Document?.Platform is { } platform
        ? ["shared.yaml", Bot?.SourceFile ?? "bot file", .. platform.ModelOverride is { } model ? [$"model override for this answer: {model}"] : Array.Empty<string>()]
        : ["shared file", "Discord server", "bot", "bot on that server", "pinned messages of the channel"];

    private string OutcomeText => Summary.Outcome switch
    {
        TraceOutcome.Answered => "answered",
        TraceOutcome.Silent => "silent",
        TraceOutcome.Failed => "failed",
        _ => "cancelled",
    };

    private IEnumerable<(string Id, string Label)> Sections
    {
        get
        {
            yield return ("outcome", "Outcome");
            yield return ("why", "Trigger");
            yield return ("time", "Timeline");
            yield return ("calls", "Model calls");
            if (Document is null)
            {
                yield return ("document", "Document");
                yield break;
            }

            if (Document.ToolExecutions.Count > 0)
            {
                yield return ("tools", $"Tool calls {Document.ToolExecutions.Count}");
            }

            if (Document.ContextBuild is { } context)
            {
                yield return ("context", $"Context {Format.Number(context.MessagesIncluded ?? context.Messages.Count)}");
            }

            if (Document.RawDiscordMessages is { Count: > 0 } messages)
            {
                yield return ("raw", $"Discord {Format.Number(messages.Count)}");
            }

            if (Trace?.Effects is { Count: > 0 } effects)
            {
                yield return ("effects", $"Deliveries {Format.Number(effects.Count)}");
            }

            if (Document.Logs.Count > 0)
            {
                yield return ("logs", $"Log {Format.Number(Document.Logs.Count)}");
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
        var bots = Api.GetBotsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(trace, bots);
        Trace = await trace;
        if (Trace is null)
        {
            NotFoundStatus.Set(HttpContext);
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

        Bot = (await bots).Bots.FirstOrDefault(bot => bot.Handle == Summary.Bot);
    }
}
