using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Platform.ServiceDefaults.Access;

namespace Platform.Web.Features.Access;

/// <summary>The session: an encrypted cookie that holds the API token only. The API checks the token on every request.</summary>
internal static class SessionCookie
{
    private const string TokenClaim = "token";

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

    /// <summary>The token in <paramref name="context"/>'s cookie; null without a session.</summary>
    public static string? TokenOf(HttpContext context) => context.User.FindFirst(TokenClaim)?.Value;

    /// <summary>Writes the cookie to the response.</summary>
    public static Task SignInAsync(HttpContext context, string token)
    {
        var identity = new ClaimsIdentity([new Claim(TokenClaim, token)], CookieAuthenticationDefaults.AuthenticationScheme);
        var lasting = new AuthenticationProperties { IsPersistent = true };
        return context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity), lasting);
    }

    /// <summary>Removes the cookie.</summary>
    public static Task SignOutAsync(HttpContext context) => context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);

    // Browsers do not send a SameSite=Strict cookie when a link on another site is followed. A reload from this site sends it.
    private static async Task RedirectToLoginAsync(RedirectContext<CookieAuthenticationOptions> redirect)
    {
        var followedLink = HttpMethods.IsGet(redirect.Request.Method)
            && RequestSite.Of(redirect.Request) is RequestSite.Kind.Foreign
            && redirect.Request.Headers["Sec-Fetch-Mode"] == "navigate";
        if (!followedLink)
        {
            // Path only: the host comes from the request and is not trusted.
            redirect.Response.Redirect(new Uri(redirect.RedirectUri).PathAndQuery);
            return;
        }

        redirect.Response.ContentType = "text/html; charset=utf-8";
        redirect.Response.Headers.CacheControl = "no-store";
        await redirect.Response.WriteAsync("""<!doctype html><title>Platform</title><meta http-equiv="refresh" content="0">""");
    }
}
