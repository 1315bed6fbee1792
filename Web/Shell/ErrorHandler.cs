using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Platform.Web.Features.Access;
using Platform.Web.Upstream;

namespace Platform.Web.Shell;

/// <summary>Shows an error page when the API is unavailable, denies access or rejects a request. A 401 leads to the sign-in page.</summary>
internal sealed partial class ErrorHandler(ILogger<ErrorHandler> logger) : IExceptionHandler
{
    // Of the API itself; other titles may be names of exceptions.
    private const string Known = "/problems/";
    private const string DatabaseAway = Known + "database-unavailable";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case ApiAccessDeniedException { Status: HttpStatusCode.Unauthorized }:
                await SessionCookie.SignOutAsync(httpContext);
                await httpContext.ChallengeAsync();
                return true;
            case ApiAccessDeniedException:
                await ErrorPage.Answer(
                    StatusCodes.Status403Forbidden,
                    "Access denied",
                    "The API key lacks a scope that this page requires. Sign out and sign in with an API key that has it.",
                    null).ExecuteAsync(httpContext);
                return true;
            case ApiUnavailableException { Problem: { Type: { } type, Title: { } title, Detail: var detail } } when type.StartsWith(Known, StringComparison.Ordinal):
                LogUnreachable(logger, httpContext.Request.Path, title);
                httpContext.Response.Headers.RetryAfter = "5";
                await ErrorPage.Answer(
                    StatusCodes.Status503ServiceUnavailable,
                    type == DatabaseAway ? "The database is unavailable" : title,
                    type == DatabaseAway ? "No stored data is lost. Reload the page in a few seconds. If it stays unavailable, check ./run status, or ./platform health ENVIRONMENT on a server." : detail ?? exception.Message,
                    exception.Message).ExecuteAsync(httpContext);
                return true;
            case ApiUnavailableException:
                LogUnreachable(logger, httpContext.Request.Path, exception.Message);
                httpContext.Response.Headers.RetryAfter = "5";
                await ErrorPage.Answer(
                    StatusCodes.Status503ServiceUnavailable,
                    "The API is unavailable",
                    "The API may still be starting. No stored data is lost. Reload the page in a few seconds. If it stays unavailable, check ./run status, or ./platform health ENVIRONMENT on a server.",
                    exception.Message).ExecuteAsync(httpContext);
                return true;
            case ApiBadRequestException:
                await ErrorPage.Answer(
                    StatusCodes.Status400BadRequest,
                    "Invalid value in the address",
                    exception.Message,
                    null).ExecuteAsync(httpContext);
                return true;
            case BadHttpRequestException bad:
                await ErrorPage.InvalidForm(bad.StatusCode, canRetry: HttpMethods.IsGet(httpContext.Request.Method)).ExecuteAsync(httpContext);
                return true;
            default:
                return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Page {Path} failed, the API is unavailable: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string path, string reason);
}
