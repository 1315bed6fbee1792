using Microsoft.AspNetCore.Components;
using Platform.Contracts.Bots;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Web.Features.Traces.Bodies;
using Platform.Web.Features.Traces.Parts;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>One trace: its parts as a tree with a waterfall, and the selected part beside it.</summary>
public sealed partial class TracePage
{
    /// <summary>The trace's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = "part")]
    private string? PartText { get; set; }

    /// <summary>A section in an address of an earlier version, which showed all sections on one page.</summary>
    [SupplyParameterFromQuery(Name = "all")]
    private string? Section { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? FirstRow { get; set; }

    [SupplyParameterFromQuery]
    private string? Level { get; set; }

    [SupplyParameterFromQuery]
    private string? Only { get; set; }

    [SupplyParameterFromQuery(Name = "view")]
    private string? BodyForm { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private TraceDetail? Trace { get; set; }

    private TraceDocument? Document { get; set; }

    private BotResponse? Bot { get; set; }

    private TraceSummary Summary => Trace!.Summary; // used only when Trace is not null

    private PartAddress Part { get; set; } = PartAddress.Overview;

    /// <summary>The part that was asked for, when the trace has none of that name.</summary>
    private string? Missing { get; set; }

    private TraceView View { get; set; } = default!; // these three are used only when Trace is not null

    private TraceTree Tree { get; set; } = default!;

    private TraceNode Current { get; set; } = default!;

    private string PartName => Part.Body is null ? Current.Name : $"Call {Part.Number}: {Current.Name}";

    private TraceNode? Before { get; set; }

    private TraceNode? After { get; set; }

    /// <summary>The selected body, or the last response of the selected call; null when it is not stored.</summary>
    private ShownBody? Body { get; set; }

    private Dictionary<string, int> Positions { get; set; } = [];

    /// <summary>Index of each Discord message by id.</summary>
    private Dictionary<string, int> RawPlaces { get; set; } = [];

    private List<string> Layers => Document?.Platform is { } platform
        ? ["shared.yaml", Bot?.SourceFile ?? "bot file", .. platform.ModelOverride is { } model ? [$"model override for this answer: {model}"] : Array.Empty<string>()]
        : ["shared file", "Discord server", "bot", "bot on that server", "pinned messages of the channel"];

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
        Select(Trace);
        Body = await ShownBody.ReadAsync(Api, PartLookup.ShownBodyOf(Trace, Part), BodyForm, HttpContext.RequestAborted);
    }

    /// <summary>An unknown part leads to the overview, with status 404 and a note.</summary>
    private void Select(TraceDetail trace)
    {
        var asked = PartText is not null ? PartAddress.Parse(PartText)
            : Section is not null ? PartAddress.OfSection(Section)
            : Level is not null ? new PartAddress(PartKind.Logs)
            : PartAddress.Overview;
        Tree = TraceTree.Of(trace, Document, asked ?? PartAddress.Overview);
        if (asked is not null && PartLookup.Has(trace, Document, Tree, asked))
        {
            Part = asked;
        }
        else if (PartText is not null)
        {
            Missing = PartText;
            NotFoundStatus.Set(HttpContext);
        }

        var from = QueryNumber.Read(FirstRow) ?? (Section is null ? PartLookup.PageOf(Document, Part) : 0);
        View = new TraceView(Id, Part, from, Level, Only);
        Current = Tree.Find(Part);
        var rows = Tree.All.Where(node => node.Kind is not "round").ToList();
        var at = rows.IndexOf(Current);
        (Before, After) = (at > 0 ? rows[at - 1] : null, at + 1 < rows.Count ? rows[at + 1] : null);
    }

    private string BodyPage(CallBodyResponse body) =>
        $"/traces/{Uri.EscapeDataString(Id)}/calls/{(Part.Number ?? 1) - 1}/{TraceBodyPage.Name(body.Kind)}/{body.Position}";
}
