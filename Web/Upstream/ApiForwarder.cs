using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Platform.Contracts.Traces.Viewer;
using Platform.ServiceDefaults.Access;
using Platform.Web.Features.Access;

namespace Platform.Web.Upstream;

/// <summary>
/// Reverse proxy for <c>/api/*</c>, including streams. Replaces the session cookie with the session's id.
/// A request with its own credential is forwarded with it and with <c>X-Forwarded-For</c>.
/// </summary>
internal static partial class ApiForwarder
{
    /// <summary>Maximum import in bytes: a zip of 512 MiB plus the multipart envelope.</summary>
    public const long MaxImportBytes = (512L * 1024 * 1024) + (64 * 1024);

    private const long MaxBodyBytes = 200L * 1024 * 1024;

    // Other routes under /api belong to the trace viewer's API, which has its own error format.
    private const string OwnRoutes = "/api/v1";

    /// <summary>Maps <c>/api/{**path}</c>. Anonymous at the route, because it checks access itself and answers 401 as JSON.</summary>
    public static void MapApiForwarder(this IEndpointRouteBuilder routes)
    {
        routes.Map("/api/{**path}", ForwardAsync).WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes)).AllowAnonymous();
        routes.MapPost("/api/v1/traces/import", ForwardAsync).WithMetadata(new RequestSizeLimitAttribute(MaxImportBytes)).AllowAnonymous();
    }

    private static Task ForwardAsync(HttpContext context, ForwarderConnection connection, IHostEnvironment environment, ILogger<ForwarderConnection> logger)
    {
        if (!connection.StaysUnderApi(context.Request))
        {
            return RejectAsync(context, StatusCodes.Status400BadRequest, "bad-path", "The path is not under /api.");
        }

        if (SessionCookie.IdOf(context) is { } session)
        {
            return RequestSite.Of(context.Request) is RequestSite.Kind.Foreign
                ? RejectAsync(context, StatusCodes.Status403Forbidden, "cross-site", "Cross-site requests with a session cookie are not allowed.")
                : ForwardRequestAsync(context, connection, logger, headers => UseSession(headers, session));
        }

        if (LocalDevelopment.IsOpenTo(context, environment))
        {
            return ForwardRequestAsync(context, connection, logger, static _ => { });
        }

        if (context.Request.Headers.ContainsKey("Authorization") || context.Request.Headers.ContainsKey("X-API-Key"))
        {
            // Web did not authenticate this request. Without the header the API would treat it as local.
            var peer = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
            return ForwardRequestAsync(context, connection, logger, headers => headers.TryAddWithoutValidation("X-Forwarded-For", peer));
        }

        return RejectAsync(context, StatusCodes.Status401Unauthorized, "login-required", "Sign in at /login, or send a credential.");
    }

    private static void UseSession(HttpRequestHeaders headers, string session)
    {
        headers.Remove("X-API-Key");
        headers.Authorization = new AuthenticationHeaderValue("Bearer", session);
    }

    private static async Task ForwardRequestAsync(HttpContext context, ForwarderConnection connection, ILogger logger, Action<HttpRequestHeaders> adjust)
    {
        try
        {
            using var response = await connection.SendAsync(context, adjust);
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            {
                if (!ForwardedHeaders.IsDroppedFromResponse(name))
                {
                    context.Response.Headers[name] = values.ToArray();
                }
            }

            context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
            await context.Response.StartAsync(context.RequestAborted);
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client disconnected; every stream ends like this.
        }
        catch (HttpRequestException exception) when (exception.InnerException is BadHttpRequestException && !context.Response.HasStarted)
        {
            var cause = (BadHttpRequestException)exception.InnerException;
            await RejectAsync(context, cause.StatusCode, "bad-request", cause.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            LogInterrupted(logger, context.Request.Path, exception.Message);
            if (context.Response.HasStarted)
            {
                context.Abort(); // a clean end would look like a complete response
                return;
            }

            await RejectAsync(context, StatusCodes.Status502BadGateway, "api-unreachable", "The API did not respond. It may still be starting; try again in a few seconds.");
        }
    }

    private static Task RejectAsync(HttpContext context, int status, string type, string detail)
    {
        IResult result = context.Request.Path.StartsWithSegments(OwnRoutes)
            ? TypedResults.Problem(detail, statusCode: status, type: $"/problems/{type}")
            : TypedResults.Json(new ViewerError(status == StatusCodes.Status401Unauthorized ? "Unauthorized" : detail), ViewerJson.Options, statusCode: status);
        return result.ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Forwarding {Path} failed: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string path, string reason);
}
