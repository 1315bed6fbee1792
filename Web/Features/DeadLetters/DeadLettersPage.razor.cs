using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Platform.Contracts;
using Platform.Contracts.Outbox;
using Platform.Contracts.Webhooks;
using Platform.Web.Features.Outbox;
using Platform.Web.Upstream;

namespace Platform.Web.Features.DeadLetters;

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

    /// <summary>What the pressed button says: <c>requeue</c> or <c>delete</c>, and a dead letter.</summary>
    [SupplyParameterFromForm(FormName = "act")]
    private string? Act { get; set; }

    private DeadLetterList? Letters { get; set; }

    private IReadOnlyList<WebhookResponse> Webhooks { get; set; } = [];

    private string? Problem { get; set; }

    private string? DoneText => Done switch
    {
        "requeue" => "It goes out again, with all its tries. Until it was taken it is in the Outbox.",
        "delete" => "Deleted. It will not be sent.",
        _ => null,
    };

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
        var action = Act?.Split(' ')[0];
        Problem = Act?.Split(' ') switch
        {
            ["requeue", var id] when Guid.TryParse(id, out var letter) => await Api.RequeueDeadLetterAsync(letter, HttpContext.RequestAborted),
            ["delete", var id] when Guid.TryParse(id, out var letter) => await Api.DeleteDeadLetterAsync(letter, HttpContext.RequestAborted),
            _ => "The page did not say what to do. Load it again.",
        };
        if (Problem is null)
        {
            Navigation.NavigateTo($"/dead-letters{EffectFilter.Query(Kind, Target, Cursor, ("done", action))}");
        }
    }

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
