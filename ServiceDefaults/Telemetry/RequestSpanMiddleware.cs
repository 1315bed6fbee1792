using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Platform.ServiceDefaults.Shutdown;

namespace Platform.ServiceDefaults.Telemetry;

/// <summary>
/// Names the server's span and gives it the attributes of OpenTelemetry's HTTP conventions, which the framework leaves to
/// instrumentation packages. Spans of probes are not exported. Nothing happens when nobody listens.
/// </summary>
internal sealed class RequestSpanMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (span is not { IsAllDataRequested: true })
        {
            await next(context);
            return;
        }

        if (ProbePaths.Contains(context.Request.Path))
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        var request = context.Request;
        span.SetTag("http.request.method", request.Method);
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", request.Path.Value);
        span.SetTag("server.address", request.Host.Host);
        try
        {
            await next(context);
            Finish(span, context, context.Response.StatusCode);
        }
        catch (Exception exception)
        {
            span.SetTag("error.type", exception.GetType().FullName);
            Finish(span, context, StatusCodes.Status500InternalServerError);
            throw;
        }
    }

    private static void Finish(Activity span, HttpContext context, int status)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
