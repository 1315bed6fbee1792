using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Contracts.Traces.Viewer;

namespace Platform.Api.Errors;

/// <summary>Marks routes that speak for another program, whose errors are <c>{"error": text}</c> instead of problem details.</summary>
internal sealed class PlainErrors
{
    /// <summary>An error in that shape.</summary>
    public static JsonHttpResult<ViewerError> Of(int status, string text) =>
        TypedResults.Json(new ViewerError(text), ViewerJson.Options, statusCode: status);

    /// <summary>Gives a problem the shape of the route that has it.</summary>
    /// <param name="problem">The error.</param>
    /// <param name="context">The request; while an exception is handled its endpoint is the one that threw.</param>
    public static IResult Shape(ProblemHttpResult problem, HttpContext context)
    {
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        return endpoint?.Metadata.GetMetadata<PlainErrors>() is null ? problem : Of(problem.StatusCode, Text(problem));
    }

    private static string Text(ProblemHttpResult problem) => problem.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => "Unauthorized",
        StatusCodes.Status403Forbidden => "Forbidden",
        _ => problem.ProblemDetails.Title ?? "Internal error",
    };
}
