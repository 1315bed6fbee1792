using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using Platform.Contracts.Bots;
using Platform.Contracts.Activations;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Activations;

/// <summary>The queue. Filters and place are in the address; a button posts what to do and comes back.</summary>
public sealed partial class QueuePage
{
    private const int PageSize = 50;

    /// <summary>What can be done to an activation, and what to say when it was.</summary>
    private static readonly Dictionary<string, string> Actions = new()
    {
        ["cancel"] = "Cancelled. One that runs stops within a second or two and keeps its text in the trace.",
        ["retry"] = "It waits for a worker again, with all its attempts.",
        ["give-up"] = "Given up: it ended as failed and is under Traces.",
    };

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery]
    private string? Bot { get; set; }

    [SupplyParameterFromQuery]
    private string? Cursor { get; set; }

    /// <summary>The action that was just done.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    /// <summary>What the pressed button says: an action and an activation, e.g. <c>cancel 0190…</c>.</summary>
    [SupplyParameterFromForm(FormName = "act")]
    private string? Act { get; set; }

    private QueueResponse? Queue { get; set; }

    private IReadOnlyList<BotResponse> Cast { get; set; } = [];

    private string? Problem { get; set; }

    private string? DoneText => Done is null ? null : Actions.GetValueOrDefault(Done);

    private DateTimeOffset Now => Clock.GetUtcNow();

    private string Here => $"/queue{Query(Cursor)}";

    private bool IsFiltered => !string.IsNullOrEmpty(State) || !string.IsNullOrEmpty(Bot);

    private IEnumerable<string> BotNames =>
        (Queue?.Bots ?? []).Select(bot => bot.Bot).Concat(string.IsNullOrEmpty(Bot) ? [] : [Bot]).Distinct().Order(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var queue = Api.GetQueueAsync(Query(Cursor, ("limit", $"{PageSize}")), HttpContext.RequestAborted);
        var cast = CastAsync();
        await Task.WhenAll(queue, cast);
        (Queue, Cast) = (await queue, await cast);
    }

    /// <summary>The faces; none for a login that may not read bots.</summary>
    private async Task<IReadOnlyList<BotResponse>> CastAsync()
    {
        try
        {
            return (await Api.GetBotsAsync(HttpContext.RequestAborted)).Bots;
        }
        catch (ApiRefusedException)
        {
            return [];
        }
    }

    private async Task ActAsync()
    {
        if (Act?.Split(' ') is not [var action, var id] || !Actions.ContainsKey(action) || !Guid.TryParse(id, out var activation))
        {
            Problem = "The page did not say what to do. Load it again.";
            return;
        }

        Problem = await Api.ActOnActivationAsync(activation, action, HttpContext.RequestAborted);
        if (Problem is null)
        {
            Navigation.NavigateTo($"/queue{Query(Cursor, ("done", action))}");
        }
    }

    private string? EmojiOf(string handle) => Cast.FirstOrDefault(bot => bot.Handle == handle)?.Emoji;

    private static string Load(QueueBot bot) => string.Join(" · ", new (long Count, string What)[]
    {
        (bot.Running, "running"), (bot.Waiting, "waiting"), (bot.Deferred, "deferred"), (bot.Parked, "parked"),
    }.Where(part => part.Count > 0).Select(part => $"{Instruments.Quantity.Count(part.Count)} {part.What}"));

    private QueryString Query(string? cursor, params ReadOnlySpan<(string Key, string Value)> more)
    {
        var query = new QueryBuilder();
        foreach (var (key, value) in (ReadOnlySpan<(string, string?)>)[("state", State), ("bot", Bot), ("cursor", cursor), .. more])
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(key, value);
            }
        }

        return query.ToQueryString();
    }
}
