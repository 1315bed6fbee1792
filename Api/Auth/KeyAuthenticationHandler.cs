using System.Globalization;
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
    KeyGuard keys,
    SessionStore sessions,
    AccessEvents events,
    IHostEnvironment environment) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string SchemeName = "Key";

    private KeyCheck _check;

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

        _check = keys.Check(presented, Context.Connection.RemoteIpAddress);
        if (_check.Blocked is { } blocked)
        {
            events.Blocked(blocked);
        }

        return _check.Principal is { } principal ? Success(principal) : AuthenticateResult.Fail("Unknown key, or too many of them.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        if (_check.Wait is not null)
        {
            Response.Headers.RetryAfter = _check.WaitSeconds.ToString(CultureInfo.InvariantCulture);
        }

        var problem = _check.Wait is null ? Problems.Unauthorized() : Problems.TooManyWrongKeys(_check.WaitSeconds);
        await PlainErrors.Shape(problem, Context).ExecuteAsync(Context);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        await PlainErrors.Shape(Problems.Forbidden(), Context).ExecuteAsync(Context);

    private static AuthenticateResult Success(Principal principal) =>
        AuthenticateResult.Success(new AuthenticationTicket(PrincipalClaims.Of(principal, SchemeName), SchemeName));
}
