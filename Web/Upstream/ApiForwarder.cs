using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Platform.ServiceDefaults.Access;
using Platform.Web.Features.Access;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Web.Upstream;

/// <summary>
/// Hands <c>/api/*</c> on to the Api, streams included, with the login's token in place of its cookie.
/// A program that brings a credential of its own is let through with it, marked as coming from elsewhere.
/// </summary>
internal static class ApiForwarder
{
    private const long MaxBodyBytes = 200L * 1024 * 1024;

    /// <summary>Without a byte for so long a connection is given up; streams beat every 15 seconds.</summary>
    private static readonly ForwarderRequestConfig Patience = new() { ActivityTimeout = TimeSpan.FromMinutes(5) };

    /// <summary>Adds what <see cref="MapApiForwarder"/> needs.</summary>
    public static IServiceCollection AddApiForwarder(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        return services.AddSingleton<ForwarderConnection>();
    }

    /// <summary>Maps <c>/api/{**path}</c>. It decides itself who may pass, since it answers in JSON.</summary>
    public static void MapApiForwarder(this IEndpointRouteBuilder routes) =>
        routes.Map("/api/{**path}", ForwardAsync)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .AllowAnonymous()
            .DisableAntiforgery();

    private static async Task ForwardAsync(
        HttpContext context, IHttpForwarder forwarder, ForwarderConnection connection, IConfiguration configuration, IHostEnvironment environment)
    {
        var token = SessionCookie.TokenOf(context);
        if (token is not null && RequestSite.Of(context.Request) is RequestSite.Kind.Foreign)
        {
            await Refuse(StatusCodes.Status403Forbidden, "cross_site", "A page of another site may not use this login.").ExecuteAsync(context);
            return;
        }

        var transformer = token is not null ? new ApiRequestTransformer(token, null)
            : LocalDevelopment.IsOpenTo(context, environment) ? new ApiRequestTransformer(null, null)
            : HasOwnCredential(context.Request) ? new ApiRequestTransformer(null, context.Connection.RemoteIpAddress?.ToString() ?? "unknown")
            : null;
        if (transformer is null)
        {
            await Refuse(StatusCodes.Status401Unauthorized, "login_required", "Log in at /login, or send a credential.").ExecuteAsync(context);
            return;
        }

        var address = ApiAddress.From(configuration).ToString();
        var error = await forwarder.SendAsync(context, address, connection.Invoker, Patience, transformer);
        if (error is not ForwarderError.None && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var status = context.Response.StatusCode is StatusCodes.Status504GatewayTimeout or StatusCodes.Status413PayloadTooLarge
                ? context.Response.StatusCode
                : StatusCodes.Status502BadGateway;
            await Refuse(status, "api_unreachable", "The Api does not answer. It may be starting; try again in a moment.").ExecuteAsync(context);
        }
    }

    private static bool HasOwnCredential(HttpRequest request) =>
        request.Headers.ContainsKey("Authorization") || request.Headers.ContainsKey("X-API-Key");

    private static IResult Refuse(int status, string type, string detail) =>
        TypedResults.Problem(
            detail,
            statusCode: status,
            type: $"urn:platform:problem:{type}",
            extensions: [new("trace_id", Activity.Current?.TraceId.ToString())]);
}
