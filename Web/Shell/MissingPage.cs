namespace Platform.Web.Shell;

/// <summary>A page about something that is not there.</summary>
internal static class MissingPage
{
    /// <summary>Answers 404 with the page as its body. The framework leaves a page empty whose status is 404 before it is written.</summary>
    public static void Answer(HttpContext context) => context.Response.OnStarting(SetAsync, context.Response);

    private static Task SetAsync(object response)
    {
        ((HttpResponse)response).StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
