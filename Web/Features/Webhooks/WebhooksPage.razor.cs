using Microsoft.AspNetCore.Components;
using Platform.Contracts.Webhooks;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Webhooks;

/// <summary>Who hears of events, and the way to add somebody. A new secret is shown in the answer that made it and never again.</summary>
public sealed partial class WebhooksPage
{
    private const string Unreadable = "The page did not say what to do. Load it again.";

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    /// <summary>The action that was just done.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    /// <summary>The webhook that it was done to.</summary>
    [SupplyParameterFromQuery]
    private string? Of { get; set; }

    [SupplyParameterFromForm(FormName = "add")]
    private AddForm? Add { get; set; }

    /// <summary>What the pressed button says: an action and a webhook.</summary>
    [SupplyParameterFromForm(FormName = "act")]
    private string? Act { get; set; }

    private WebhookList? Webhooks { get; set; }

    private string? Problem { get; set; }

    private DateTimeOffset Now => Clock.GetUtcNow();

    private string Name => Webhooks?.Webhooks.FirstOrDefault(webhook => webhook.Id == Of) is { } webhook ? webhook.Description ?? webhook.Url : "It";

    private string? DoneText => Done switch
    {
        "test" => $"A ping is on its way to {(Name is "It" ? "it" : Name)}. Whether it was taken shows here within seconds.",
        "enable" => $"{Name} hears of events from now on.",
        "disable" => $"{Name} hears of nothing any more, until it is enabled again.",
        "delete" => "It is forgotten, with what waited for it.",
        _ => null,
    };

    private string? Secret { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => Webhooks = await Api.GetWebhooksAsync(HttpContext.RequestAborted);

    private async Task AddAsync()
    {
        var created = await Api.CreateWebhookAsync(
            new CreateWebhookRequest(Add?.Url, Add?.Types, string.IsNullOrWhiteSpace(Add?.Description) ? null : Add.Description), HttpContext.RequestAborted);
        (Secret, Problem) = (created.Value?.Secret, created.Problem);
        if (created.Value is not null)
        {
            Add = null;
            await OnInitializedAsync();
        }
    }

    private async Task ActAsync()
    {
        if (Act?.Split(' ') is not [var action, var text] || !Guid.TryParse(text, out var id))
        {
            Problem = Unreadable;
            return;
        }

        if (action is "rotate")
        {
            var changed = await Api.ChangeWebhookAsync(id, new ChangeWebhookRequest(RotateSecret: true), HttpContext.RequestAborted);
            (Secret, Problem) = (changed.Value?.Secret, changed.Problem);
            await OnInitializedAsync();
            return;
        }

        Problem = action switch
        {
            "test" => await Api.TestWebhookAsync(id, HttpContext.RequestAborted),
            "enable" or "disable" => (await Api.ChangeWebhookAsync(id, new ChangeWebhookRequest(Enabled: action is "enable"), HttpContext.RequestAborted)).Problem,
            "delete" => await Api.DeleteWebhookAsync(id, HttpContext.RequestAborted),
            _ => Unreadable,
        };
        if (Problem is null)
        {
            Navigation.NavigateTo($"/webhooks?done={action}&of={id}");
        }
    }

    /// <summary>What the form holds.</summary>
    private sealed class AddForm
    {
        public string? Url { get; set; }

        public string? Description { get; set; }

        public List<string>? Types { get; set; }
    }
}
