using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.ServiceDefaults.Shutdown;

namespace Platform.ServiceDefaults.Health;

/// <summary>Health endpoints. Responses contain states and chosen details, never a reason that could quote a secret.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Health").AllowAnonymous().DisableHttpMetrics();
        group.MapGet("/alive", GetAlive).WithSummary("Check that the process is running");
        group.MapGet("/healthz", GetHealthzAsync).WithSummary("Get the health as one word");
        group.MapGet("/health", GetHealthAsync).WithSummary("Get the health of the host and of each service that it uses");
        group.MapGet("/api/v1/health", GetHealthAsync).WithSummary("Get the health of the host and of each service that it uses");
        group.MapGet("/ready", GetReadyAsync).WithSummary("Check that the host is ready for requests");
        group.MapGet("/readyz", GetReadyAsync).WithSummary("Check that the host is ready for requests");
    }

    private static Ok<StatusWord> GetAlive() => TypedResults.Ok(new StatusWord("alive"));

    private static async Task<JsonHttpResult<StatusWord>> GetHealthzAsync(HealthReports reports, HttpResponse response, CancellationToken cancellationToken)
    {
        var summary = await SummarizeAsync(reports.GetReadinessAsync, response, cancellationToken);
        return Answer(new StatusWord(summary.IsWorking ? "ok" : "unavailable"), summary.IsWorking);
    }

    private static async Task<JsonHttpResult<HealthSummary>> GetHealthAsync(HealthReports reports, HttpResponse response, CancellationToken cancellationToken)
    {
        var summary = await SummarizeAsync(reports.GetAsync, response, cancellationToken);
        return Answer(summary, summary.IsWorking);
    }

    private static async Task<JsonHttpResult<StatusWord>> GetReadyAsync(
        HealthReports reports, DrainState drain, HttpResponse response, CancellationToken cancellationToken)
    {
        if (drain.IsDraining)
        {
            return Answer(new StatusWord("stopping"), works: false);
        }

        var summary = await SummarizeAsync(reports.GetReadinessAsync, response, cancellationToken);
        return Answer(new StatusWord(summary.IsWorking ? "ready" : "unavailable"), summary.IsWorking);
    }

    private static async Task<HealthSummary> SummarizeAsync(
        Func<CancellationToken, Task<HealthReport>> read, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        return HealthSummary.Of(await read(cancellationToken));
    }

    private static JsonHttpResult<T> Answer<T>(T body, bool works) =>
        TypedResults.Json(body, statusCode: works ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
