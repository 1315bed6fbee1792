using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Platform.Api.Errors;
using Platform.Contracts.Traces.Viewer;
using Platform.ServiceDefaults.Requests;
using Scalar.AspNetCore;

namespace Platform.Api.Docs;

/// <summary>The page <c>/docs</c>: the API's description as something to read and try. Like the description itself it asks for no credentials.</summary>
internal static class ApiReference
{
    private const string Title = "Platform API";
    private const string Bearer = "bearer";
    private const string Header = "api-key";

    /// <summary>Adds the description, <c>/openapi/v1.json</c>.</summary>
    public static void AddApiReference(this IHostApplicationBuilder builder) =>
        builder.Services.AddOpenApi(options => options
            .AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = Title;
                document.Info.Description =
                    "Start conversations with bots, follow their answers, and read, search and export the traces. Errors are problem details (RFC 9457); "
                    + "`type` names the kind of error and does not change. Times are UTC.";

                // By default the address that the request names in Host, which is anybody's to choose.
                document.Servers = [new OpenApiServer { Url = "/" }];
                document.AddComponent(Bearer, new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "The server's API_KEY or AUTH_TOKEN, or the id of a session. Not required if the server has no key, as with ./run.",
                });
                document.AddComponent(Header, new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Header,
                    Name = "X-API-Key",
                    Description = "The same key in a header of its own.",
                });
                return Task.CompletedTask;
            })
            .AddOperationTransformer(DescribeAccessAndErrorsAsync));

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

    /// <summary>Says of an operation that requires a scope which credentials it takes, and in which form it answers with errors.</summary>
    private static async Task DescribeAccessAndErrorsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAuthorizeData>().Any() || context.Document is not { } document)
        {
            return;
        }

        operation.Security = [.. ((string[])[Bearer, Header]).Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
        var (type, contentType) = metadata.OfType<PlainErrors>().Any() ? (typeof(ViewerError), "application/json") : (typeof(ProblemDetails), "application/problem+json");
        document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Error",
            Content = new Dictionary<string, OpenApiMediaType> { [contentType] = new() { Schema = new OpenApiSchemaReference(type.Name, document) } },
        };
    }
}
