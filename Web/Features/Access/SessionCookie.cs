using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Endpoints;
using Platform.ServiceDefaults.Access;

namespace Platform.Web.Features.Access;

/// <summary>The session: an encrypted cookie that holds its id. The API checks the id on every request, so that a copied cookie ends with the session.</summary>
internal static class SessionCookie
{
    private const string IdClaim = "session";

    /// <summary>Configures the cookie.</summary>
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "platform";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.LoginPath = "/login";
        options.ReturnUrlParameter = "return";
        options.Events.OnRedirectToLogin = RedirectToLoginAsync;
    }

    /// <summary>The id in <paramref name="context"/>'s cookie; null without a session.</summary>
    public static string? IdOf(HttpContext context) => context.User.FindFirst(IdClaim)?.Value;

    /// <summary>Writes the cookie to the response.</summary>
    public static Task SignInAsync(HttpContext context, string id)
    {
        var identity = new ClaimsIdentity([new Claim(IdClaim, id)], CookieAuthenticationDefaults.AuthenticationScheme);
        var lasting = new AuthenticationProperties { IsPersistent = true };
        return context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity), lasting);
    }

    /// <summary>Removes the cookie.</summary>
    public static Task SignOutAsync(HttpContext context) => context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);

    /// <summary>Where to go on after the sign-in: only pages can be opened, which other targets of forms are not.</summary>
    private static string Target(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            ? request.PathBase + request.Path + request.QueryString
            : "/";

    // Browsers do not send a SameSite=Strict cookie when a link on another site is followed. A reload from this site sends it.
    private static async Task RedirectToLoginAsync(RedirectContext<CookieAuthenticationOptions> redirect)
    {
        var followedLink = HttpMethods.IsGet(redirect.Request.Method)
            && RequestSite.Of(redirect.Request) is RequestSite.Kind.Foreign
            && redirect.Request.Headers["Sec-Fetch-Mode"] == "navigate";
        if (!followedLink)
        {
            // Path only: the host comes from the request and is not trusted.
            redirect.Response.Redirect(redirect.Options.LoginPath + QueryString.Create(redirect.Options.ReturnUrlParameter, Target(redirect.Request)));
            return;
        }

        redirect.Response.ContentType = "text/html; charset=utf-8";
        redirect.Response.Headers.CacheControl = "no-store";
        await redirect.Response.WriteAsync("""<!doctype html><title>Platform</title><meta http-equiv="refresh" content="0">""");
    }
}
