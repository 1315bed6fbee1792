using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Platform.Web.Shell;

/// <summary>Answers a form without a valid antiforgery token with our own page; the framework would answer with a bare text or none.</summary>
internal static class FormCheck
{
    /// <summary>Runs after the antiforgery middleware, which checks the token.</summary>
    public static IApplicationBuilder UseFormCheck(this IApplicationBuilder app) =>
        app.Use((context, next) => context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? ErrorPage.InvalidForm(StatusCodes.Status400BadRequest, IsPage(context)).ExecuteAsync(context)
            : next(context));

    /// <summary>Whether the form's target can also be opened.</summary>
    private static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
}
