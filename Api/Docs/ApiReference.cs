using Scalar.AspNetCore;

namespace Platform.Api.Docs;

/// <summary>The page <c>/docs</c>: the API's description as something to read and try. Like the description itself it asks for no credentials.</summary>
internal static class ApiReference
{
    /// <summary>Serves it from this host alone: no fonts, telemetry or assistant from elsewhere.</summary>
    public static void MapApiReference(this IEndpointRouteBuilder routes) =>
        routes.MapScalarApiReference("/docs", options => options
            .WithTitle("Platform API")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools());
}
