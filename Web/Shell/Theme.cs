using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Platform.Web.Shell;

/// <summary>Light, dark or the system's choice, kept in a cookie so that the first byte of a page is already right.</summary>
internal static class Theme
{
    private const string CookieName = "theme";
    private static readonly string[] Chosen = ["light", "dark"];

    /// <summary>The theme that the visitor chose; null follows the system.</summary>
    public static string? Of(HttpContext? context) =>
        context?.Request.Cookies[CookieName] is { } theme && Chosen.Contains(theme) ? theme : null;

    /// <summary>Maps <c>POST /theme</c>, which remembers the choice and goes back.</summary>
    public static void MapTheme(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/theme", Choose).AllowAnonymous();

    private static RedirectHttpResult Choose(HttpContext context, [FromForm(Name = "theme")] string? theme, [FromForm(Name = "return")] string? back)
    {
        if (Chosen.Contains(theme))
        {
            var year = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), Secure = context.Request.IsHttps };
            context.Response.Cookies.Append(CookieName, theme!, year);
        }
        else
        {
            context.Response.Cookies.Delete(CookieName);
        }

        return TypedResults.LocalRedirect(LocalPath.OrHome(back));
    }
}
