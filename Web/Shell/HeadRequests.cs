namespace Platform.Web.Shell;

/// <summary>Answers HEAD as GET without the body (RFC 9110, 9.3.2): pages are routed for GET and POST only. Requests forwarded to the API keep their method.</summary>
internal static class HeadRequests
{
    /// <summary>Runs before routing. The server omits the body.</summary>
    public static IApplicationBuilder UseHeadRequests(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method) && !context.Request.Path.StartsWithSegments("/api"))
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
}
