using Microsoft.AspNetCore.Http;

namespace Hangfire.Dashboard;

/// <summary>Lets callers in and answers: pages to GET, changes to POST.</summary>
#pragma warning disable CS9113 // The middleware ends the pipeline: what it does not know is not found.
internal sealed class DashboardMiddleware(RequestDelegate next, JobStorage storage, DashboardOptions options)
#pragma warning restore CS9113
{
    public async Task InvokeAsync(HttpContext http)
    {
        var context = new AspNetCoreDashboardContext(storage, options, http);
        if (!await IsLetInAsync(context))
        {
            http.Response.StatusCode = http.User.Identity?.IsAuthenticated == true ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
            return;
        }

        http.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsPost(http.Request.Method))
        {
            await DashboardCommands.RunAsync(context);
        }
        else if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            await DashboardPages.ShowAsync(context);
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
    }

    private async Task<bool> IsLetInAsync(DashboardContext context)
    {
        foreach (var filter in options.Authorization)
        {
            if (!filter.Authorize(context))
            {
                return false;
            }
        }

        foreach (var filter in options.AsyncAuthorization)
        {
            if (!await filter.AuthorizeAsync(context))
            {
                return false;
            }
        }

        return true;
    }
}
