using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace Platform.Web.Features.Access;

/// <summary>Who may see what: everything asks for a viewer unless it says otherwise.</summary>
internal static class AccessRegistration
{
    /// <summary>Adds login, its cookie and the keys that encrypt it.</summary>
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

    // Taking the form is what makes the framework check that it is one of ours.
    private static async Task<IResult> LogOutAsync(HttpContext context, IFormCollection form)
    {
        await SessionCookie.SignOutAsync(context);
        return TypedResults.LocalRedirect("/login");
    }
}
