using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Core.Storage;

namespace Platform.Api.Errors;

/// <summary>While Postgres is known to be away, answers at once instead of trying again for each request.</summary>
internal sealed class DatabaseAwayMiddleware(RequestDelegate next, DatabaseState database)
{
    private const string Health = "/api/v1/health";

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        return database.IsAway && path.StartsWithSegments("/api") && !path.StartsWithSegments(Health)
            ? PlainErrors.Shape(Unavailable(context), context).ExecuteAsync(context)
            : next(context);
    }

    /// <summary>The answer while there is no database.</summary>
    public static ProblemHttpResult Unavailable(HttpContext context)
    {
        var seconds = FailureHandler.RetryLater(context);
        return Problems.Of(
            StatusCodes.Status503ServiceUnavailable, "database-unavailable", "The database is unavailable",
            $"No acknowledged write was lost. Retry in {seconds} seconds.");
    }
}
