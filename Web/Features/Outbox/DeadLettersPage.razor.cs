using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Platform.Contracts;
using Platform.Contracts.Outbox;
using Platform.Contracts.Webhooks;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Outbox;

/// <summary>The dead letters. Filters and place are in the address; a button posts what to do and comes back.</summary>
public sealed partial class DeadLettersPage
{
    private static readonly JsonSerializerOptions Indented = new(WireJson.Options) { WriteIndented = true };

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

    /// <summary>The action that was just done.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    /// <summary>What the pressed button says: <c>requeue</c> or <c>delete</c>, and the dead letters.</summary>
    [SupplyParameterFromForm(FormName = "act")]
    private string? Act { get; set; }

    private DeadLetterList? Letters { get; set; }

    private IReadOnlyList<WebhookResponse> Webhooks { get; set; } = [];

    private string? Problem { get; set; }

    private string? DoneText => Done switch
    {
        "requeue" => "Out again, with all tries. What was not taken yet is in the Outbox.",
        "delete" => "Deleted. Nothing of it will be sent.",
        _ => null,
    };

    /// <summary>Every dead letter of this page, as a button names them.</summary>
    private string Ids => string.Join(' ', (Letters?.DeadLetters ?? []).Select(letter => letter.Id));

    private string Here => $"/dead-letters{EffectFilter.Query(Kind, Target, Cursor)}";

    private bool IsFiltered => !string.IsNullOrEmpty(Kind) || !string.IsNullOrEmpty(Target) || Cursor is not null;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var letters = Api.GetDeadLettersAsync(EffectFilter.Asked(Kind, Target, Cursor), HttpContext.RequestAborted);
        var webhooks = Api.GetWebhooksAsync(HttpContext.RequestAborted);
        await Task.WhenAll(letters, webhooks);
        (Letters, Webhooks) = (await letters, (await webhooks).Webhooks);
    }

    private async Task ActAsync()
    {
        var (action, letters) = Read(Act);
        if (letters.Count == 0)
        {
            Problem = "The page did not say what to do. Load it again.";
            return;
        }

        foreach (var letter in letters)
        {
            // One that went meanwhile does not stop the others.
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

    /// <summary>Reads what a button says.</summary>
    /// <returns>No letters when it says nothing that can be done.</returns>
    private static (string Action, IReadOnlyList<Guid> Letters) Read(string? act) => act?.Split(' ') switch
    {
        [("requeue" or "delete") and var action, .. var ids] when ids.All(id => Guid.TryParse(id, out _)) => (action, [.. ids.Select(Guid.Parse)]),
        _ => ("", []),
    };

    private static string Pretty(string payload)
    {
        try
        {
            return JsonSerializer.Serialize(JsonElement.Parse(payload), Indented);
        }
        catch (JsonException)
        {
            return payload;
        }
    }
}
