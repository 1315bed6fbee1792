using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Core.Storage;

namespace Platform.Api.Errors;

/// <summary>
/// While Postgres is known to be away, answers at once instead of trying again for each request. A request that takes long has Postgres asked
/// whether it answers, as <see cref="DatabaseWatch"/> does once a second: a frozen one refuses nothing, and its statements end only after 15 s.
/// </summary>
internal sealed class DatabaseAwayMiddleware(RequestDelegate next, DatabaseState database)
{
    private const string Health = "/api/v1/health";

    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(500);

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (!path.StartsWithSegments("/api") || path.StartsWithSegments(Health))
        {
            await next(context);
            return;
        }

        if (database.IsAway)
        {
            await PlainErrors.Shape(Unavailable(context), context).ExecuteAsync(context);
            return;
        }

        await database.SuspectWhileSlowAsync(next(context), Long);
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
