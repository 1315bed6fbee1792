using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.ServiceDefaults.Correlation;

/// <summary>Reads or creates the correlation id of a request and adds it to the response, the log scope and the activity.</summary>
internal sealed class CorrelationMiddleware(RequestDelegate next, ILogger<CorrelationMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var id = CorrelationId.AcceptOrCreate(context.Request.Headers[CorrelationId.HeaderName]);
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[CorrelationId.HeaderName] = id;
            return Task.CompletedTask;
        });
        Activity.Current?.SetTag(CorrelationId.TagName, id);
        Activity.Current?.SetBaggage(CorrelationId.TagName, id);

        using var ambient = CorrelationId.Begin(id);
        using var scope = logger.BeginScope(new KeyValuePair<string, object?>[] { new(CorrelationId.LogField, id) });
        await next(context);
    }
}
