using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Platform.Web.Features.Access;
using Platform.Web.Upstream;

namespace Platform.Web.Shell;

/// <summary>Turns the Api's absence or refusal, and requests that cannot be read, into a page that says so, or into the login.</summary>
internal sealed partial class FailureHandler(ILogger<FailureHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case ApiRefusedException { Status: HttpStatusCode.Unauthorized }:
                await SessionCookie.SignOutAsync(httpContext);
                await httpContext.ChallengeAsync();
                return true;
            case ApiRefusedException:
                await FailureDocument.Answer(
                    StatusCodes.Status403Forbidden,
                    "Your login may not see this",
                    "The token that you logged in with lacks the scope. Log in with another one to see more.",
                    null).ExecuteAsync(httpContext);
                return true;
            case ApiUnreachableException:
                LogUnreachable(logger, httpContext.Request.Path, exception.Message);
                httpContext.Response.Headers.RetryAfter = "5";
                await FailureDocument.Answer(
                    StatusCodes.Status503ServiceUnavailable,
                    "The Api does not answer",
                    "This page asks the Api for everything it shows. It may still be starting; nothing that was stored is lost.",
                    exception.Message).ExecuteAsync(httpContext);
                return true;
            case ApiRejectedException:
                await FailureDocument.Answer(
                    StatusCodes.Status400BadRequest,
                    "That address asks for something that cannot be",
                    "A part of it was changed or cut off. Begin again from the menu.",
                    exception.Message).ExecuteAsync(httpContext);
                return true;
            case BadHttpRequestException bad:
                await FailureDocument.Answer(
                    bad.StatusCode,
                    "That could not be read",
                    "The form is too old, or did not come from this site. Open the page again and send it once more.",
                    null).ExecuteAsync(httpContext);
                return true;
            default:
                return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} could not be shown: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string path, string reason);
}
