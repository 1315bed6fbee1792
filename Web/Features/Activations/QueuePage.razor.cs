using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using Platform.Contracts.Bots;
using Platform.Contracts.Activations;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Activations;

/// <summary>The activation queue. Filters and cursor are in the address; buttons post an action and redirect back.</summary>
public sealed partial class QueuePage
{
    private const int PageSize = 50;

    /// <summary>Actions of the API, each with its confirmation message.</summary>
    private static readonly Dictionary<string, string> Actions = new()
    {
        ["cancel"] = "Cancel requested. A running activation stops within two seconds; its partial text stays in the trace.",
        ["retry"] = "Requeued; attempts reset.",
        ["give-up"] = "Marked as failed. Its trace is under Traces.",
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

    /// <summary>The action that was completed.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    /// <summary>Value of the pressed button: an action and an activation id, e.g. <c>cancel 0190…</c>.</summary>
    [SupplyParameterFromForm(FormName = "act")]
    private string? Act { get; set; }

    private QueueResponse? Queue { get; set; }

    private IReadOnlyList<BotResponse> Bots { get; set; } = [];

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
        var bots = GetBotsAsync();
        await Task.WhenAll(queue, bots);
        (Queue, Bots) = (await queue, await bots);
    }

    /// <summary>Bots for their avatars; empty when the token may not read bots.</summary>
    private async Task<IReadOnlyList<BotResponse>> GetBotsAsync()
    {
        try
        {
            return (await Api.GetBotsAsync(HttpContext.RequestAborted)).Bots;
        }
        catch (ApiAccessDeniedException)
        {
            return [];
        }
    }

    private async Task ActAsync()
    {
        if (Act?.Split(' ') is not [var action, var id] || !Actions.ContainsKey(action) || !Guid.TryParse(id, out var activation))
        {
            Problem = "Invalid form data. Reload the page and try again.";
            return;
        }

        Problem = await Api.ActOnActivationAsync(activation, action, HttpContext.RequestAborted);
        if (Problem is null)
        {
            Navigation.NavigateTo($"/queue{Query(Cursor, ("done", action))}");
        }
    }

    private string? EmojiOf(string handle) => Bots.FirstOrDefault(bot => bot.Handle == handle)?.Emoji;

    private static string Load(QueueBot bot) => string.Join(" · ", new (long Count, string What)[]
    {
        (bot.Running, "running"), (bot.Waiting, "queued"), (bot.Deferred, "deferred"), (bot.Parked, "parked"),
    }.Where(part => part.Count > 0).Select(part => $"{Components.Format.Number(part.Count)} {part.What}"));

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
