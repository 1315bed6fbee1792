using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Platform.ServiceDefaults.Requests;

/// <summary>Headers that keep a browser from running, framing or guessing at what a response contains.</summary>
public static class SecurityHeaders
{
    /// <summary>For responses that are no pages: nothing may be loaded, framed or sent.</summary>
    public const string NothingAllowed = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>For the pages of libraries, whose scripts and styles are partly inline; they load from and call this service only.</summary>
    public const string InlineAllowed =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Sets them on every response, whichever part of the service writes it.</summary>
    /// <param name="app">The service.</param>
    /// <param name="policy">The Content-Security-Policy of responses that have none of their own.</param>
    internal static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, string policy) =>
        app.Use((context, next) =>
        {
            context.Response.OnStarting(
                () =>
                {
                    Set(context, policy);
                    return Task.CompletedTask;
                });
            return next(context);
        });

    /// <summary>Gives an endpoint's responses a policy of their own.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="policy">As in the header.</param>
    public static TBuilder WithContentSecurityPolicy<TBuilder>(this TBuilder endpoints, string policy)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new EndpointPolicy(policy));

    private static void Set(HttpContext context, string policy)
    {
        var headers = context.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = context.GetEndpoint()?.Metadata.GetMetadata<EndpointPolicy>()?.Text ?? policy;
        }

        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    private sealed record EndpointPolicy(string Text);
}
