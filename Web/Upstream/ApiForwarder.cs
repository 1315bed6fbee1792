using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Platform.Contracts.Traces.Viewer;
using Platform.ServiceDefaults.Access;
using Platform.Web.Features.Access;

namespace Platform.Web.Upstream;

/// <summary>
/// Hands <c>/api/*</c> on to the Api, streams included, with the login's token in place of its cookie.
/// A program that brings a credential of its own is let through with it, marked as coming from elsewhere.
/// </summary>
internal static partial class ApiForwarder
{
    /// <summary>Largest import, in bytes: a zip of 512 MiB, which the Api takes, in its envelope.</summary>
    public const long MaxImportBytes = (512L * 1024 * 1024) + (64 * 1024);

    private const long MaxBodyBytes = 200L * 1024 * 1024;

    // The rest of /api is the trace viewer's, whose programs know its own errors only.
    private const string OwnRoutes = "/api/v1";

    /// <summary>Maps <c>/api/{**path}</c>. It decides itself who may pass, since it answers in JSON.</summary>
    public static void MapApiForwarder(this IEndpointRouteBuilder routes)
    {
        routes.Map("/api/{**path}", ForwardAsync).WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes)).AllowAnonymous();
        routes.MapPost("/api/v1/traces/import", ForwardAsync).WithMetadata(new RequestSizeLimitAttribute(MaxImportBytes)).AllowAnonymous();
    }

    private static Task ForwardAsync(HttpContext context, ForwarderConnection connection, IHostEnvironment environment, ILogger<ForwarderConnection> logger)
    {
        if (!connection.StaysUnderApi(context.Request))
        {
            return RefuseAsync(context, StatusCodes.Status400BadRequest, "bad-path", "The path leads out of /api.");
        }

        if (SessionCookie.TokenOf(context) is { } token)
        {
            return RequestSite.Of(context.Request) is RequestSite.Kind.Foreign
                ? RefuseAsync(context, StatusCodes.Status403Forbidden, "cross-site", "A page of another site may not use this login.")
                : CarryAsync(context, connection, logger, headers => UseToken(headers, token));
        }

        if (LocalDevelopment.IsOpenTo(context, environment))
        {
            return CarryAsync(context, connection, logger, static _ => { });
        }

        if (context.Request.Headers.ContainsKey("Authorization") || context.Request.Headers.ContainsKey("X-API-Key"))
        {
            // Not let in by Web: without this mark the Api would take it for a local request.
            var peer = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
            return CarryAsync(context, connection, logger, headers => headers.TryAddWithoutValidation("X-Forwarded-For", peer));
        }

        return RefuseAsync(context, StatusCodes.Status401Unauthorized, "login-required", "Log in at /login, or send a credential.");
    }

    private static void UseToken(HttpRequestHeaders headers, string token)
    {
        headers.Remove("X-API-Key");
        headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private static async Task CarryAsync(HttpContext context, ForwarderConnection connection, ILogger logger, Action<HttpRequestHeaders> adjust)
    {
        try
        {
            using var answer = await connection.SendAsync(context, adjust);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
            {
                if (!ForwardedHeaders.StaysThere(name))
                {
                    context.Response.Headers[name] = values.ToArray();
                }
            }

            context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
            await context.Response.StartAsync(context.RequestAborted);
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; a stream always ends so.
        }
        catch (HttpRequestException exception) when (exception.InnerException is BadHttpRequestException && !context.Response.HasStarted)
        {
            var cause = (BadHttpRequestException)exception.InnerException;
            await RefuseAsync(context, cause.StatusCode, "bad-request", cause.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            LogLost(logger, context.Request.Path, exception.Message);
            if (context.Response.HasStarted)
            {
                context.Abort(); // a clean end would look like a whole answer
                return;
            }

            await RefuseAsync(context, StatusCodes.Status502BadGateway, "api-unreachable", "The Api does not answer. It may be starting; try again in a moment.");
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string type, string detail)
    {
        IResult refusal = context.Request.Path.StartsWithSegments(OwnRoutes)
            ? TypedResults.Problem(detail, statusCode: status, type: $"/problems/{type}")
            : TypedResults.Json(new ViewerError(status == StatusCodes.Status401Unauthorized ? "Unauthorized" : detail), ViewerJson.Options, statusCode: status);
        return refusal.ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Api did not answer {Path} to its end: {Reason}")]
    private static partial void LogLost(ILogger logger, string path, string reason);
}
