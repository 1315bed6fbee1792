using Microsoft.AspNetCore.Components;
using Platform.Contracts.Outbox;
using Platform.Contracts.Webhooks;
using Platform.Web.Features.Webhooks;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Outbox;

/// <summary>The outbox. Filters and cursor are in the address.</summary>
public sealed partial class OutboxPage
{
    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery]
    private string? Target { get; set; }

    [SupplyParameterFromQuery]
    private string? Cursor { get; set; }

    private OutboxResponse? Outbox { get; set; }

    private IReadOnlyList<WebhookResponse> Webhooks { get; set; } = [];

    /// <summary>The deliveries of the table: those of endpoints that fail or are paused are left out unless asked for.</summary>
    private List<EffectResponse> Shown =>
    [
        .. (Outbox?.Effects ?? []).Where(effect => !string.IsNullOrEmpty(Target)
            || !Webhooks.Any(webhook => webhook.Id == effect.Target && WebhookFailures.AreShownOnce(webhook))),
    ];

    private DateTimeOffset Now => Clock.GetUtcNow();

    private bool IsFiltered => !string.IsNullOrEmpty(Kind) || !string.IsNullOrEmpty(Target) || Cursor is not null;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var outbox = Api.GetOutboxAsync(EffectFilter.ApiQuery(Kind, Target, Cursor), HttpContext.RequestAborted);
        var webhooks = Api.GetWebhooksAsync(HttpContext.RequestAborted);
        await Task.WhenAll(outbox, webhooks);
        (Outbox, Webhooks) = (await outbox, (await webhooks).Webhooks);
    }
}
