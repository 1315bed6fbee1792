using Microsoft.AspNetCore.Http;

namespace Platform.ServiceDefaults.Shutdown;

/// <summary>
/// Counts running requests, and turns new ones away while the host drains. Probes always get their answer and hold nothing up.
/// </summary>
internal sealed class DrainMiddleware(RequestDelegate next, DrainState state)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (ProbePaths.Contains(context.Request.Path))
        {
            await next(context);
            return;
        }

        if (!state.TryEnter())
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            context.Response.Headers.Connection = "close";
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            state.Exit();
        }
    }
}
