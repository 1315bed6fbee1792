using Microsoft.AspNetCore.Components;
using Platform.Contracts.Events;
using Platform.Contracts.Webhooks;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Webhooks;

/// <summary>Who hears of events, and the way to add somebody. A new secret is shown in the answer that made it and never again.</summary>
public sealed partial class WebhooksPage
{
    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "add")]
    private AddForm? Add { get; set; }

    /// <summary>What the pressed button says: an action and a webhook.</summary>
    [SupplyParameterFromForm(FormName = "act")]
    private string? Act { get; set; }

    private WebhookList? Webhooks { get; set; }

    private string? Problem { get; set; }

    private string? Done { get; set; }

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
            Problem = "The page did not say what to do. Load it again.";
            return;
        }

        switch (action)
        {
            case "test":
                Problem = await Api.TestWebhookAsync(id, HttpContext.RequestAborted);
                Done = "A ping is on its way. Whether it was taken is shown here in a moment.";
                break;
            case "enable" or "disable":
                Problem = (await Api.ChangeWebhookAsync(id, new ChangeWebhookRequest(Enabled: action == "enable"), HttpContext.RequestAborted)).Problem;
                Done = action == "enable" ? "It hears of events from now on." : "It hears of nothing any more.";
                break;
            case "rotate":
                var changed = await Api.ChangeWebhookAsync(id, new ChangeWebhookRequest(RotateSecret: true), HttpContext.RequestAborted);
                (Secret, Problem) = (changed.Value?.Secret, changed.Problem);
                break;
            case "delete":
                Problem = await Api.DeleteWebhookAsync(id, HttpContext.RequestAborted);
                Done = "It is forgotten, with what waited for it.";
                break;
            default:
                Problem = "The page did not say what to do. Load it again.";
                break;
        }

        if (Problem is not null)
        {
            Done = null;
        }

        await OnInitializedAsync();
    }

    private bool IsChosen(string pattern) => Add?.Types is { } types ? types.Contains(pattern) : pattern == EventTypes.Everything;

    /// <summary>What the form holds.</summary>
    private sealed class AddForm
    {
        public string? Url { get; set; }

        public string? Description { get; set; }

        public List<string>? Types { get; set; }
    }
}
