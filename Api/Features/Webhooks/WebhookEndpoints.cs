using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Contracts.Outbox;
using Platform.Contracts.Webhooks;
using Platform.Core.Webhooks;

namespace Platform.Api.Features.Webhooks;

/// <summary><c>/api/v1/webhooks</c>.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/webhooks").WithTags("Webhooks").RequireScope(Scopes.Ops);
        group.MapGet("/", ListAsync).WithName("ListWebhooks").WithSummary("List webhooks");
        group.MapGet("/{id:guid}", FindAsync).WithName("GetWebhook").WithSummary("Get a webhook");
        group.MapPost("/", CreateAsync).WithName("CreateWebhook").WithSummary("Add a webhook; the answer shows its secret once");
        group.MapPatch("/{id:guid}", ChangeAsync).WithName("ChangeWebhook").WithSummary("Change, pause or disable a webhook, or rotate its secret");
        group.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteWebhook").WithSummary("Delete a webhook and its pending deliveries");
        group.MapPost("/{id:guid}/retry", RetryAsync).WithName("RetryWebhook").WithSummary("Requeue all dead letters of a webhook and retry its pending deliveries now");
        group.MapPost("/{id:guid}/test", TestAsync).WithName("TestWebhook").WithSummary("Send a test event through the outbox");
    }

    private static async Task<Ok<WebhookList>> ListAsync(ClaimsPrincipal principal, WebhookStore webhooks, CancellationToken cancellationToken) =>
        TypedResults.Ok(new WebhookList([.. (await webhooks.ListAsync(principal.TenantId, cancellationToken)).Select(one => one.ToResponse())]));

    private static async Task<Results<Ok<WebhookResponse>, ProblemHttpResult>> FindAsync(
        Guid id, ClaimsPrincipal principal, WebhookStore webhooks, CancellationToken cancellationToken) =>
        await webhooks.FindAsync(principal.TenantId, id, cancellationToken) is { } webhook
            ? TypedResults.Ok(webhook.ToResponse())
            : Problems.NotFound("webhook");

    private static async Task<Results<Created<WebhookResponse>, ProblemHttpResult>> CreateAsync(
        CreateWebhookRequest request, ClaimsPrincipal principal, WebhookStore webhooks, CancellationToken cancellationToken)
    {
        if (WebhookRequests.ProblemWith(request) is { } problem)
        {
            return problem;
        }

        if ((await webhooks.ListAsync(principal.TenantId, cancellationToken)).Count >= WebhookRules.MaxPerTenant)
        {
            return Problems.Of(
                StatusCodes.Status409Conflict, "too-many-webhooks", "Too many webhooks",
                $"The maximum of {WebhookRules.MaxPerTenant} webhooks is reached: delete an unused one.");
        }

        var webhook = new Webhook
        {
            Id = Guid.CreateVersion7(),
            TenantId = principal.TenantId,
            Kind = EffectKind.Webhook,
            Origin = WebhookOrigin.Api,
            Description = string.IsNullOrWhiteSpace(request.Description) ? null : request.Description.Trim(),
            Url = request.Url!.Trim(), // Checked above.
            EventTypes = [.. request.EventTypes!.Distinct()], // Checked above.
            Secret = request.Secret ?? WebhookSecret.Create(),
            Enabled = true,
        };
        await webhooks.AddAsync(webhook, cancellationToken);
        var stored = await webhooks.FindAsync(principal.TenantId, webhook.Id, cancellationToken)
            ?? throw new InvalidOperationException($"Webhook {webhook.Id} was stored but cannot be read.");
        return TypedResults.Created($"/api/v1/webhooks/{webhook.Id}", stored.ToResponse(webhook.Secret));
    }

    private static async Task<Results<Ok<WebhookResponse>, ProblemHttpResult>> ChangeAsync(
        Guid id, ChangeWebhookRequest request, ClaimsPrincipal principal, WebhookStore webhooks, CancellationToken cancellationToken)
    {
        if (await webhooks.FindAsync(principal.TenantId, id, cancellationToken) is not { } present)
        {
            return Problems.NotFound("webhook");
        }

        if (WebhookRequests.ProblemWith(request, present.Kind) is { } problem)
        {
            return problem;
        }

        var secret = request.RotateSecret == true ? WebhookSecret.Create() : null;
        var change = new WebhookChange(
            request.Description?.Trim(), request.Url?.Trim(), request.EventTypes is { } types ? [.. types.Distinct()] : null, request.Enabled, request.Paused, secret);
        if (!change.IsPauseOnly && OfSettings(present) is { } fromSettings)
        {
            return fromSettings;
        }

        return await webhooks.ChangeAsync(principal.TenantId, id, change, cancellationToken) is { } changed
            ? TypedResults.Ok(changed.ToResponse(secret))
            : Problems.NotFound("webhook");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, ClaimsPrincipal principal, WebhookStore webhooks, CancellationToken cancellationToken)
    {
        if (await webhooks.FindAsync(principal.TenantId, id, cancellationToken) is { } present && OfSettings(present) is { } fromSettings)
        {
            return fromSettings;
        }

        return await webhooks.DeleteAsync(principal.TenantId, id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("webhook");
    }

    private static async Task<Results<Accepted<WebhookRetryResponse>, ProblemHttpResult>> RetryAsync(
        Guid id, ClaimsPrincipal principal, WebhookStore webhooks, CancellationToken cancellationToken)
    {
        if (await webhooks.FindAsync(principal.TenantId, id, cancellationToken) is not { } webhook)
        {
            return Problems.NotFound("webhook");
        }

        if (ReasonAgainstSending(webhook) is { } problem)
        {
            return problem;
        }

        return await webhooks.RetryAsync(principal.TenantId, id, cancellationToken) is { } retry
            ? TypedResults.Accepted($"/api/v1/outbox?target={id}", new WebhookRetryResponse(retry.Requeued, retry.Pending))
            : Problems.NotFound("webhook");
    }

    private static async Task<Results<Accepted<WebhookTestResponse>, ProblemHttpResult>> TestAsync(
        Guid id, ClaimsPrincipal principal, WebhookStore webhooks, CancellationToken cancellationToken)
    {
        if (await webhooks.FindAsync(principal.TenantId, id, cancellationToken) is not { } webhook)
        {
            return Problems.NotFound("webhook");
        }

        if (ReasonAgainstSending(webhook) is { } problem)
        {
            return problem;
        }

        var ping = await webhooks.PingAsync(webhook, cancellationToken);
        return TypedResults.Accepted($"/api/v1/outbox?target={id}", new WebhookTestResponse(ping.ToString()));
    }

    private static ProblemHttpResult? ReasonAgainstSending(Webhook webhook) => webhook switch
    {
        { Enabled: false } => Problems.Of(
            StatusCodes.Status409Conflict, "webhook-disabled", "The webhook is disabled", "Enable it first: PATCH it with \"enabled\": true."),
        { Paused: true } => Problems.Of(
            StatusCodes.Status409Conflict, "webhook-paused", "The webhook is paused", "Resume it first: PATCH it with \"paused\": false."),
        _ => null,
    };

    private static ProblemHttpResult? OfSettings(Webhook webhook) => webhook.Origin == WebhookOrigin.Settings
        ? Problems.Of(
            StatusCodes.Status409Conflict, "webhook-of-settings", "Webhook defined by settings",
            "Change the STREAMERBOT_ settings of the worker instead.")
        : null;
}
