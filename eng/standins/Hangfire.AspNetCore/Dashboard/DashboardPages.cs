using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Hangfire.Dashboard;

/// <summary>The pages: an overview, a list for each state, a job; plain HTML that needs no script.</summary>
internal static class DashboardPages
{
    public static Task ShowAsync(AspNetCoreDashboardContext context)
    {
        var path = (context.HttpContext.Request.Path.Value ?? "").Trim('/');
        return path == "style.css" ? ShowStyleAsync(context) : ShowPageAsync(context, path);
    }

    private static async Task ShowPageAsync(AspNetCoreDashboardContext context, string path)
    {
        var response = context.HttpContext.Response;
        var content = await Task.Run(() => ContentOf(context, path));
        response.StatusCode = content is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        response.ContentType = "text/html; charset=utf-8";
        var page = Frame(context, path, content ?? Html.Of($"<h1>Not found</h1>"));
        await response.WriteAsync(page.ToString(), context.HttpContext.RequestAborted);
    }

    private static Html? ContentOf(AspNetCoreDashboardContext context, string path)
    {
        var monitoring = context.Storage.GetMonitoringApi();
        if (path.Length == 0)
        {
            return OverviewPage.Show(context, monitoring);
        }

        if (path.Split('/') is ["details", var id])
        {
            return JobPage.Show(context, monitoring, id);
        }

        var page = int.TryParse(context.Request.GetQuery("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 100_000) : 1;
        return ListPage.Show(context, monitoring, path, page);
    }

    private static Html Frame(AspNetCoreDashboardContext context, string path, Html content)
    {
        var title = context.Options.DashboardTitle;
        var links = Html.Join(DashboardLinks.Lists, list => Html.Of(
            $"""<a href="{DashboardLinks.To(context, list.Path)}"{(list.Path == path ? Html.Of($" aria-current=\"page\"") : null)}>{list.Name}</a>"""));
        var back = context.Options.AppPath is { Length: > 0 } app ? Html.Of($"""<a class="back" href="{app}">Back to the application</a>""") : null;
        return Html.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en"{(context.Options.DarkModeEnabled ? Html.Of($" class=\"follows\"") : null)}>
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{NameOf(path)} · {title}</title>
              <link rel="icon" href="data:,">
              <link rel="stylesheet" href="{DashboardLinks.To(context, "style.css")}">
            </head>
            <body>
              <header><a class="title" href="{DashboardLinks.To(context, "")}">{title}</a><nav aria-label="Jobs by state">{links}</nav>{back}</header>
              <main>{content}</main>
            </body>
            </html>
            """);
    }

    private static string NameOf(string path) => path.Split('/') switch
    {
        [""] => "Overview",
        ["details", var id] => $"Job {id}",
        [var list] => DashboardLinks.Lists.FirstOrDefault(one => one.Path == list).Name ?? "Not found",
        _ => "Not found",
    };

    private static async Task ShowStyleAsync(AspNetCoreDashboardContext context)
    {
        context.HttpContext.Response.ContentType = "text/css; charset=utf-8";
        await using var style = typeof(DashboardPages).Assembly.GetManifestResourceStream("style.css")
            ?? throw new InvalidOperationException("The style sheet is missing from the assembly.");
        await style.CopyToAsync(context.HttpContext.Response.Body, context.HttpContext.RequestAborted);
    }
}
