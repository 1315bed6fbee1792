using Microsoft.AspNetCore.Authentication;
using Platform.Contracts.Access;
using Platform.Core.Access;

namespace Platform.Api.Auth;

/// <summary>Registers keys and scopes in the Api.</summary>
internal static class AccessRegistration
{
    public static IHostApplicationBuilder AddAccess(this IHostApplicationBuilder builder)
    {
        builder.Services.AddKeys(validate: true);
        builder.Services.AddSingleton<SessionStore>();
        builder.Services.AddSingleton<AccessEvents>();
        // The handler would log each wrong key twice.
        builder.Logging.AddFilter(typeof(KeyAuthenticationHandler).FullName, LogLevel.Warning);
        builder.Services.AddAuthentication(KeyAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthenticationHandler>(KeyAuthenticationHandler.SchemeName, null);
        var authorization = builder.Services.AddAuthorizationBuilder();
        foreach (var scope in Scopes.All)
        {
            authorization.AddPolicy(scope, policy => policy.RequireClaim(PrincipalClaims.Scope, scope));
        }

        return builder;
    }

    /// <summary>Requires principals with <paramref name="scope"/>.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoints, string scope)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(scope);

    /// <summary>Requires principals with at least one of <paramref name="scopes"/>.</summary>
    public static TBuilder RequireAnyScope<TBuilder>(this TBuilder endpoints, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(policy => policy.RequireClaim(PrincipalClaims.Scope, scopes));
}
