using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Core.Access;
using Platform.Core.Authors;
using Platform.ServiceDefaults.Access;

namespace Platform.Api.Auth;

/// <summary>Turns a key into the one kind of principal there is. A wrong key is refused even where none would be asked for.</summary>
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
            return keys.Find(presented) is { } name
                ? Success(name)
                : AuthenticateResult.Fail("Unknown key.");
        }

        return LocalDevelopment.IsOpenTo(Context, environment) ? Success("local-development") : AuthenticateResult.NoResult();
    }

    private static AuthenticateResult Success(string name)
    {
        var identity = new ClaimsIdentity(SchemeName, PrincipalClaims.Name, null);
        identity.AddClaim(new Claim(PrincipalClaims.Name, name));
        identity.AddClaim(new Claim(PrincipalClaims.Tenant, Tenant.Home));
        identity.AddClaim(new Claim(PrincipalClaims.Author, Author.You.ToString()));
        identity.AddClaims(Scopes.All.Select(scope => new Claim(PrincipalClaims.Scope, scope)));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
