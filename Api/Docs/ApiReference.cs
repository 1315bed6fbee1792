using Microsoft.OpenApi;
using Platform.ServiceDefaults.Requests;
using Scalar.AspNetCore;

namespace Platform.Api.Docs;

/// <summary>The page <c>/docs</c>: the API's description as something to read and try. Like the description itself it asks for no credentials.</summary>
internal static class ApiReference
{
    private const string Title = "Platform API";

    /// <summary>Adds the description, <c>/openapi/v1.json</c>.</summary>
    public static void AddApiReference(this IHostApplicationBuilder builder) =>
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = Title;

            // By default the address that the request names in Host, which is anybody's to choose.
            document.Servers = [new OpenApiServer { Url = "/" }];
            return Task.CompletedTask;
        }));

    /// <summary>Serves it from this host alone: no fonts, telemetry or assistant from elsewhere.</summary>
    public static void MapApiReference(this IEndpointRouteBuilder routes) =>
        routes.MapScalarApiReference("/docs", options => options
            .WithTitle(Title)
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools())
            .WithContentSecurityPolicy(SecurityHeaders.InlineAllowed);
}
