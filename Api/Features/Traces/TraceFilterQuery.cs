using Microsoft.OpenApi;
using Platform.Contracts.Traces;
using Platform.Core.Traces;

namespace Platform.Api.Features.Traces;

/// <summary>Reads and documents <see cref="TraceFilterField.All"/> as parameters of the query string.</summary>
internal static class TraceFilterQuery
{
    /// <summary>Adds the filters to a route's description in OpenAPI.</summary>
    public static RouteHandlerBuilder WithTraceFilters(this RouteHandlerBuilder route) => route.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Parameters =
        [
            .. TraceFilterField.All.OrderBy(field => field.Kind == TraceFilterKind.Search).Select(field => new OpenApiParameter
            {
                Name = field.Name,
                In = ParameterLocation.Query,
                Description = field.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            }),
            .. operation.Parameters ?? [],
        ];
        return Task.CompletedTask;
    });

    /// <summary>Reads the filter of a request.</summary>
    /// <inheritdoc cref="TraceFilter.Parse"/>
    public static TraceFilter? Parse(IQueryCollection query, DateTimeOffset now, out TraceFilterProblem? problem) =>
        TraceFilter.Parse(name => query[name], now, out problem);
}
