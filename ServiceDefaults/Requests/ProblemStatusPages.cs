using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Platform.ServiceDefaults.Requests;

/// <summary>Gives the framework's own errors, which have no body, one: a problem document (RFC 9457), whatever the request accepts.</summary>
public static class ProblemStatusPages
{
    /// <summary>Writes problem documents.</summary>
    /// <param name="app">The service.</param>
    /// <param name="shape">Gives a problem another form where a route speaks another protocol; null: none does.</param>
    public static IApplicationBuilder UseProblemStatusPages(this IApplicationBuilder app, Func<ProblemHttpResult, HttpContext, IResult>? shape = null) =>
        app.UseStatusCodePages(pages =>
        {
            var context = pages.HttpContext;
            var problem = TypedResults.Problem(statusCode: context.Response.StatusCode);
            return (shape?.Invoke(problem, context) ?? problem).ExecuteAsync(context);
        });
}
