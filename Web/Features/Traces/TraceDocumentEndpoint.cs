using Microsoft.AspNetCore.Http.Features;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>The JSON document of a trace, byte for byte and unbuffered, whatever its size.</summary>
internal static class TraceDocumentEndpoint
{
    /// <summary>Maps <c>GET /traces/{id}/document</c>.</summary>
    public static void MapTraceDocument(this IEndpointRouteBuilder routes) => routes.MapGet("/traces/{id}/document", GetAsync);

    private static async Task GetAsync(string id, ApiClient api, HttpContext context)
    {
        using var document = await api.OpenTraceDocumentAsync(id, context.RequestAborted);
        if (document is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Content.Headers.ContentLength;
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        try
        {
            await document.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The beginning was sent already, and a clean end would look like a complete document.
            context.Abort();
        }
    }
}
