using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Platform.Api.Errors;
using Platform.Core.Access;
using Platform.ServiceDefaults.Access;

namespace Platform.Api.Auth;

/// <summary>Authenticates a request by its key. A wrong key is refused even where none would be needed.</summary>
internal sealed class KeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    KeyRing keys,
    IHostEnvironment environment) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string SchemeName = "Key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        await PlainErrors.Shape(Problems.Unauthorized(), Context).ExecuteAsync(Context);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        await PlainErrors.Shape(Problems.Forbidden(), Context).ExecuteAsync(Context);

    private AuthenticateResult Authenticate()
    {
        if (PresentedKey.Of(Request) is { } presented)
        {
            return keys.Find(presented) is { } principal
                ? Success(principal)
                : AuthenticateResult.Fail("Unknown key.");
        }

        return LocalDevelopment.IsOpenTo(Context, environment) ? Success(Principal.LocalDevelopment) : AuthenticateResult.NoResult();
    }

    private static AuthenticateResult Success(Principal principal) =>
        AuthenticateResult.Success(new AuthenticationTicket(PrincipalClaims.Of(principal, SchemeName), SchemeName));
}
