using Microsoft.AspNetCore.Components;
using Platform.Contracts.Webhooks;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Webhooks;

/// <summary>The list of webhooks and the form that adds one. A new secret is shown once, in the response that created it.</summary>
public sealed partial class WebhooksPage
{
    private const string InvalidForm = "Invalid form data. Reload the page and try again.";

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    /// <summary>The action that was completed.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    /// <summary>Id of the webhook it applied to.</summary>
    [SupplyParameterFromQuery]
    private string? Of { get; set; }

    [SupplyParameterFromForm(FormName = "add")]
    private AddForm? Add { get; set; }

    /// <summary>Value of the pressed button: an action and a webhook id.</summary>
    [SupplyParameterFromForm(FormName = "act")]
    private string? Act { get; set; }

    private WebhookList? Webhooks { get; set; }

    private string? Problem { get; set; }

    private DateTimeOffset Now => Clock.GetUtcNow();

    private string Name => Webhooks?.Webhooks.FirstOrDefault(webhook => webhook.Id == Of) is { } webhook ? webhook.Description ?? webhook.Url : "The webhook";

    private string? DoneText => Done switch
    {
        "test" => $"Test event queued for {Name}. The result appears here within seconds.",
        "retry" => $"Retrying {Name}: its dead letters are requeued, its pending deliveries are due now.",
        "pause" => $"{Name} is paused; its events are kept until it is resumed.",
        "resume" => $"{Name} is resumed.",
        "enable" => $"{Name} is enabled. Events from now on are sent.",
        "disable" => $"{Name} is disabled. Events are discarded until it is enabled.",
        "delete" => "The webhook and its pending deliveries are deleted.",
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
            Problem = InvalidForm;
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
            "retry" => await Api.RetryWebhookAsync(id, HttpContext.RequestAborted),
            "pause" or "resume" => (await Api.ChangeWebhookAsync(id, new ChangeWebhookRequest(Paused: action is "pause"), HttpContext.RequestAborted)).Problem,
            "enable" or "disable" => (await Api.ChangeWebhookAsync(id, new ChangeWebhookRequest(Enabled: action is "enable"), HttpContext.RequestAborted)).Problem,
            "delete" => await Api.DeleteWebhookAsync(id, HttpContext.RequestAborted),
            _ => InvalidForm,
        };
        if (Problem is null)
        {
            Navigation.NavigateTo($"/webhooks?done={action}&of={id}");
        }
    }

    /// <summary>Form fields.</summary>
    private sealed class AddForm
    {
        public string? Url { get; set; }

        public string? Description { get; set; }

        public List<string>? Types { get; set; }
    }
}
