using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Platform.Contracts.Access;
using Platform.Core.Access;
using Platform.ServiceDefaults.Access;
using Platform.ServiceDefaults.Requests;

namespace Platform.Worker.Features.Jobs;

/// <summary>
/// Admits callers with a key of this server, as a token or as the password of HTTP Basic, and on a development
/// machine whoever sits at it. A page of another site can make a browser do nothing here.
/// </summary>
internal sealed class DashboardGate(RequestDelegate next, KeyGuard keys, IHostEnvironment environment)
{
    public const string Path = "/jobs";

    public async Task InvokeAsync(HttpContext context)
    {
        var presented = PresentedKey.OrPasswordOf(context.Request);
        var check = presented is null ? default : keys.Check(presented, context.Connection.RemoteIpAddress);
        if (check.Wait is not null)
        {
            context.Response.Headers.RetryAfter = check.WaitSeconds.ToString(CultureInfo.InvariantCulture);
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        var known = presented is null ? LocalDevelopment.IsOpenTo(context, environment) : check.Principal?.Scopes.Contains(Scopes.Ops) is true;
        if (!known)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"Platform jobs\", charset=\"UTF-8\"";
            return;
        }

        // A browser sends the password automatically, also for another site's request.
        if (RequestSite.Of(context.Request) is RequestSite.Kind.Foreign)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        // Hangfire reads a form from each of its commands, and fails where there is none.
        if (HttpMethods.IsPost(context.Request.Method) && !context.Request.HasFormContentType)
        {
            if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false })
            {
                context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
                return;
            }

            context.Request.ContentType = "application/x-www-form-urlencoded";
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.InlineAllowed;
        await next(context);
    }
}
