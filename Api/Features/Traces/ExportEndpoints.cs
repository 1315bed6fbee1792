using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Api.Wire;
using Platform.Core.Traces.Export;

namespace Platform.Api.Features.Traces;

/// <summary><c>/api/v1/traces/export</c>.</summary>
internal static class ExportEndpoints
{
    /// <param name="traces">The group of traces.</param>
    public static void MapTraceExport(this RouteGroupBuilder traces) =>
        traces.MapGet("/export", Export).WithName("ExportTraces").WithSummary("Export the traces that match the list's filters").WithTraceFilters();

    private static Results<PushStreamHttpResult, ProblemHttpResult> Export(
        ClaimsPrincipal principal,
        TraceExporter exporter,
        TimeProvider clock,
        HttpContext http,
        string format = "",
        bool content = false,
        bool bodies = false)
    {
        if (WireEnum<ExportFormat>.Parse(format) is not { } wanted)
        {
            return Problems.Invalid("format", $"format must be one of {WireEnum<ExportFormat>.Names}.");
        }

        var now = clock.GetUtcNow();
        if (TraceFilterQuery.Parse(http.Request.Query, now, out var problem) is not { } filter)
        {
            return Problems.Invalid(problem?.Field ?? "q", problem?.Message ?? "The filter is invalid.");
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        var tenantId = principal.TenantId;
        return TypedResults.Stream(
            output => exporter.WriteAsync(wanted, tenantId, filter, new ExportOptions(content, bodies), output, http.RequestAborted),
            TraceExporter.ContentType(wanted),
            TraceExporter.FileName(wanted, now));
    }
}
