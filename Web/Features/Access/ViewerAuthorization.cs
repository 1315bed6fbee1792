using Microsoft.AspNetCore.Authorization;
using Platform.ServiceDefaults.Access;

namespace Platform.Web.Features.Access;

/// <summary>Handles <see cref="ViewerRequirement"/>.</summary>
internal sealed class ViewerAuthorization(IHostEnvironment environment) : AuthorizationHandler<ViewerRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ViewerRequirement requirement)
    {
        if (context.Resource is HttpContext http
            && (SessionCookie.IdOf(http) is not null || LocalDevelopment.IsOpenTo(http, environment)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
