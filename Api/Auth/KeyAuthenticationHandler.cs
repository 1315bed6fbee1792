using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Platform.Api.Errors;
using Platform.Core.Access;
using Platform.ServiceDefaults.Access;

namespace Platform.Api.Auth;

/// <summary>Authenticates a request by its key or its session. A wrong key is refused even where none would be needed.</summary>
internal sealed class KeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    KeyRing keys,
    KeyAttempts attempts,
    SessionStore sessions,
    AccessEvents events,
    IHostEnvironment environment) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string SchemeName = "Key";

    private TimeSpan? _wait;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (PresentedKey.Of(Request) is not { } presented)
        {
            return LocalDevelopment.IsOpenTo(Context, environment) ? Success(Principal.LocalDevelopment) : AuthenticateResult.NoResult();
        }

        if (Session.IsId(presented))
        {
            return await sessions.FindAsync(presented, Context.RequestAborted) is { } signedIn ? Success(signedIn) : AuthenticateResult.Fail("No such session.");
        }

        var address = Context.Connection.RemoteIpAddress;
        _wait = attempts.WaitOf(address);
        if (_wait is not null)
        {
            return AuthenticateResult.Fail("Too many wrong keys.");
        }

        if (keys.Find(presented) is { } principal)
        {
            attempts.Right(address);
            return Success(principal);
        }

        if (attempts.Wrong(address) is { } blocked)
        {
            events.Blocked(blocked);
        }

        return AuthenticateResult.Fail("Unknown key.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        var problem = Problems.Unauthorized();
        if (_wait is { } wait)
        {
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            problem = Problems.TooManyWrongKeys(seconds);
        }

        await PlainErrors.Shape(problem, Context).ExecuteAsync(Context);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        await PlainErrors.Shape(Problems.Forbidden(), Context).ExecuteAsync(Context);

    private static AuthenticateResult Success(Principal principal) =>
        AuthenticateResult.Success(new AuthenticationTicket(PrincipalClaims.Of(principal, SchemeName), SchemeName));
}
