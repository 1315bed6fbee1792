using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Access;

/// <summary>Authentication and authorization: every route requires a signed-in viewer unless it allows anonymous access.</summary>
internal static class AccessRegistration
{
    /// <summary>Adds the session cookie, its encryption keys and the default policy.</summary>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(SessionCookie.Configure);
        var viewer = new AuthorizationPolicyBuilder().AddRequirements(new ViewerRequirement()).Build();
        builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(viewer).SetFallbackPolicy(viewer);
        builder.Services.AddSingleton<IAuthorizationHandler, ViewerAuthorization>();
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "platform-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });

        var keys = builder.Services.AddDataProtection().SetApplicationName("platform-web");
        if (builder.Configuration["Web:KeysDirectory"] is { Length: > 0 } directory)
        {
            keys.PersistKeysToFileSystem(new DirectoryInfo(directory));
        }
    }

    /// <summary>Maps <c>POST /logout</c>.</summary>
    public static void MapAccess(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/logout", LogOutAsync).AllowAnonymous();

    // The form parameter makes the framework check the antiforgery token.
    private static async Task<IResult> LogOutAsync(HttpContext context, IFormCollection form, ApiClient api)
    {
        if (SessionCookie.IdOf(context) is not null)
        {
            try
            {
                await api.SignOutAsync(context.RequestAborted);
            }
            catch (ApiAccessDeniedException)
            {
                // The session has ended already, as with its key.
            }
        }

        await SessionCookie.SignOutAsync(context);
        return TypedResults.LocalRedirect("/login");
    }
}
