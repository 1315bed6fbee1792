using Microsoft.AspNetCore.Http;

namespace Platform.ServiceDefaults.Shutdown;

/// <summary>
/// Counts running requests, and refuses new ones while the host drains. Probes are always answered and do not delay the drain.
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
