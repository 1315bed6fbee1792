namespace Platform.Web.Shell;

/// <summary>Answers HEAD as GET without the body (RFC 9110, 9.3.2): pages are routed for GET and POST only. What goes to the Api keeps its method.</summary>
internal static class HeadRequests
{
    /// <summary>Stands before routing. The server itself leaves the body out.</summary>
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
