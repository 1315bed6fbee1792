namespace Platform.Web.Shell;

/// <summary>Makes redirects to this site relative: the framework builds them from the <c>Host</c> header, which the sender of a request chooses.</summary>
internal static class RelativeRedirects
{
    /// <summary>Rewrites <c>Location</c>.</summary>
    public static IApplicationBuilder UseRelativeRedirects(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                if (Uri.TryCreate(context.Response.Headers.Location, UriKind.Absolute, out var target)
                    && target.Scheme == context.Request.Scheme
                    && string.Equals(target.Authority, new Uri($"{context.Request.Scheme}://{context.Request.Host.Value}").Authority, StringComparison.OrdinalIgnoreCase))
                {
                    context.Response.Headers.Location = target.PathAndQuery + target.Fragment;
                }

                return Task.CompletedTask;
            });
            return next(context);
        });
}
