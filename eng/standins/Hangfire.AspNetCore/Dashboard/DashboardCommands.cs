using Hangfire.States;
using Microsoft.AspNetCore.Http;

namespace Hangfire.Dashboard;

/// <summary>The buttons of the dashboard: <c>POST requeue</c> and <c>POST delete</c> with the job's <c>id</c>.</summary>
internal static class DashboardCommands
{
    public static async Task RunAsync(AspNetCoreDashboardContext context)
    {
        var http = context.HttpContext;
        if (context.IsReadOnly || !IsOfThisSite(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        IState? state = http.Request.Path.Value switch
        {
            "/requeue" => new EnqueuedState { Reason = "Requeued on the dashboard." },
            "/delete" => new DeletedState { Reason = "Deleted on the dashboard." },
            _ => null,
        };
        if (state is null || !http.Request.HasFormContentType)
        {
            http.Response.StatusCode = state is null ? StatusCodes.Status404NotFound : StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var id = form["id"].ToString();
        await context.Storage.ChangeStateAsync(id, state, expectedState: null, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = DashboardLinks.To(context, DashboardLinks.BackTo(form["back"]));
    }

    /// <summary>Browsers name the site that a form comes from; a form of another site is refused, and so is a caller that names none.</summary>
    private static bool IsOfThisSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
        ? site == "same-origin"
        : Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
