using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Errors;
using Platform.Contracts.Outbox;
using Platform.Contracts.Webhooks;
using Platform.Core.Webhooks;

namespace Platform.Api.Features.Webhooks;

/// <summary>Checks what people ask webhooks to be.</summary>
internal static class WebhookRequests
{
    public static ProblemHttpResult? ProblemWith(CreateWebhookRequest request)
    {
        if (WebhookRules.ProblemWithUrl(request.Url?.Trim(), EffectKind.Webhook) is { } url)
        {
            return Problems.Invalid("url", url);
        }

        if (WebhookRules.ProblemWithTypes(request.EventTypes) is { } types)
        {
            return Problems.Invalid("event_types", types);
        }

        return request.Secret is { } secret && WebhookSecret.KeyOf(secret) is null
            ? Problems.Invalid("secret", "secret must be whsec_ followed by base64 of 24 to 64 bytes: leave it out to have one generated.")
            : ProblemWithDescription(request.Description);
    }

    public static ProblemHttpResult? ProblemWith(ChangeWebhookRequest request, EffectKind kind)
    {
        if (request.Url is { } url && WebhookRules.ProblemWithUrl(url.Trim(), kind) is { } badUrl)
        {
            return Problems.Invalid("url", badUrl);
        }

        return request.EventTypes is { } types && WebhookRules.ProblemWithTypes(types) is { } badTypes
            ? Problems.Invalid("event_types", badTypes)
            : ProblemWithDescription(request.Description);
    }

    private static ProblemHttpResult? ProblemWithDescription(string? description) => description?.Length > WebhookRules.MaxDescriptionLength
        ? Problems.Invalid("description", $"The description has {description.Length} characters; at most {WebhookRules.MaxDescriptionLength} are allowed.")
        : null;
}
