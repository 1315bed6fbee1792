using Microsoft.AspNetCore.Components;
using Platform.Contracts.Outbox;
using Platform.Contracts.Webhooks;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Outbox;

/// <summary>The dead letters. Filters and cursor are in the address; buttons post an action and redirect back.</summary>
public sealed partial class DeadLettersPage
{
    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery]
    private string? Target { get; set; }

    [SupplyParameterFromQuery]
    private string? Cursor { get; set; }

    /// <summary>The action that was completed.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    /// <summary>Value of the pressed button: <c>requeue</c> or <c>delete</c>, then ids.</summary>
    [SupplyParameterFromForm(FormName = "act")]
    private string? Act { get; set; }

    private DeadLetterList? Letters { get; set; }

    private IReadOnlyList<WebhookResponse> Webhooks { get; set; } = [];

    private string? Problem { get; set; }

    private string? DoneText => Done switch
    {
        "requeue" => "Requeued; attempts reset. Pending deliveries are in the Outbox.",
        "delete" => "Deleted.",
        _ => null,
    };

    /// <summary>The dead letters of this page; those of one endpoint with the same error are together, at the newest of them.</summary>
    private IEnumerable<IReadOnlyList<DeadLetterResponse>> Groups =>
        (Letters?.DeadLetters ?? []).GroupBy(letter => (letter.Target, letter.LastError)).Select(group => (IReadOnlyList<DeadLetterResponse>)[.. group]);

    private string Here => $"/dead-letters{EffectFilter.Query(Kind, Target, Cursor)}";

    private bool IsFiltered => !string.IsNullOrEmpty(Kind) || !string.IsNullOrEmpty(Target) || Cursor is not null;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var letters = Api.GetDeadLettersAsync(EffectFilter.ApiQuery(Kind, Target, Cursor), HttpContext.RequestAborted);
        var webhooks = Api.GetWebhooksAsync(HttpContext.RequestAborted);
        await Task.WhenAll(letters, webhooks);
        (Letters, Webhooks) = (await letters, (await webhooks).Webhooks);
    }

    private async Task ActAsync()
    {
        var (action, letters) = Read(Act);
        if (letters.Count == 0)
        {
            Problem = "Invalid form data. Reload the page and try again.";
            return;
        }

        foreach (var letter in letters)
        {
            // One that no longer exists does not stop the others.
            Problem = (action is "requeue"
                ? await Api.RequeueDeadLetterAsync(letter, HttpContext.RequestAborted)
                : await Api.DeleteDeadLetterAsync(letter, HttpContext.RequestAborted)) ?? Problem;
        }

        if (Problem is null)
        {
            Navigation.NavigateTo($"/dead-letters{EffectFilter.Query(Kind, Target, Cursor, ("done", action))}");
        }
        else
        {
            await OnInitializedAsync();
        }
    }

    /// <summary>Ids as part of a button value.</summary>
    private static string IdsOf(IEnumerable<DeadLetterResponse> letters) => string.Join(' ', letters.Select(letter => letter.Id));

    /// <summary>Parses a button value.</summary>
    /// <returns>No ids when the value is invalid.</returns>
    private static (string Action, IReadOnlyList<Guid> Letters) Read(string? act) => act?.Split(' ') switch
    {
        [("requeue" or "delete") and var action, .. var ids] when ids.All(id => Guid.TryParse(id, out _)) => (action, [.. ids.Select(Guid.Parse)]),
        _ => ("", []),
    };
}
