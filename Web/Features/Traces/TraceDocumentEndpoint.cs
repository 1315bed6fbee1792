using System.Text;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>The JSON document of a trace.</summary>
internal static class TraceDocumentEndpoint
{
    /// <summary>Maps <c>GET /traces/{id}/document</c>.</summary>
    public static void MapTraceDocument(this IEndpointRouteBuilder routes) => routes.MapGet("/traces/{id}/document", GetAsync);

    private static async Task<IResult> GetAsync(string id, ApiClient api, CancellationToken cancellationToken) =>
        await api.FindTraceAsync(id, cancellationToken) is { } trace
            ? TypedResults.Text(Json.Indent(trace.Document), "application/json", Encoding.UTF8)
            : TypedResults.NotFound();
}
