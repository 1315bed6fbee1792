namespace Platform.Web.Shell;

/// <summary>Status 404 with a page as the body.</summary>
internal static class NotFoundStatus
{
    /// <summary>Sets status 404 when the response starts. Set earlier, the framework would leave the body empty.</summary>
    public static void Set(HttpContext context) => context.Response.OnStarting(SetAsync, context.Response);

    private static Task SetAsync(object response)
    {
        ((HttpResponse)response).StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
