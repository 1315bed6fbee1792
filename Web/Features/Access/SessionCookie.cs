using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Platform.ServiceDefaults.Access;

namespace Platform.Web.Features.Access;

/// <summary>The login: an encrypted cookie that holds the Api's token and nothing else. The Api judges the token at every use.</summary>
internal static class SessionCookie
{
    private const string TokenClaim = "token";

    /// <summary>Sets the cookie's rules.</summary>
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
        options.Events.OnRedirectToLogin = AskToLogInAsync;
    }

    /// <summary>The token that <paramref name="context"/>'s cookie holds; null without a login.</summary>
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

    // A strict cookie does not come along when a link on another site is followed. One reload from here brings it, before anyone is asked to log in.
    private static async Task AskToLogInAsync(RedirectContext<CookieAuthenticationOptions> redirect)
    {
        var followedLink = HttpMethods.IsGet(redirect.Request.Method)
            && RequestSite.Of(redirect.Request) is RequestSite.Kind.Foreign
            && redirect.Request.Headers["Sec-Fetch-Mode"] == "navigate";
        if (!followedLink)
        {
            // Without scheme and host: the latter is whatever the request claimed.
            redirect.Response.Redirect(new Uri(redirect.RedirectUri).PathAndQuery);
            return;
        }

        redirect.Response.ContentType = "text/html; charset=utf-8";
        redirect.Response.Headers.CacheControl = "no-store";
        await redirect.Response.WriteAsync("""<!doctype html><title>Platform</title><meta http-equiv="refresh" content="0">""");
    }
}
