using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Platform.Web.Shell;

/// <summary>Light, dark or the system's theme. The choice is kept in a cookie, so the server renders the right theme.</summary>
internal static class Theme
{
    private const string CookieName = "theme";
    private static readonly string[] Chosen = ["light", "dark"];

    /// <summary>The chosen theme; null follows the system.</summary>
    public static string? Of(HttpContext? context) =>
        context?.Request.Cookies[CookieName] is { } theme && Chosen.Contains(theme) ? theme : null;

    /// <summary>Maps <c>POST /theme</c>, which stores the choice and redirects back.</summary>
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
