using System.Security.Claims;
using Platform.Core.Access;

namespace Platform.Api.Auth;

/// <summary>A <see cref="Principal"/> as the claims of a request.</summary>
internal static class PrincipalClaims
{
    public const string Name = "name";

    public const string Tenant = "tenant_id";

    public const string Author = "author_id";

    public const string Scope = "scope";

    /// <summary>Writes a principal as claims.</summary>
    /// <param name="principal">Who makes the request.</param>
    /// <param name="scheme">The authentication scheme that found out.</param>
    public static ClaimsPrincipal Of(Principal principal, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(Name, principal.Name),
            new Claim(Tenant, principal.TenantId),
            new Claim(Author, principal.AuthorId.ToString()),
            .. principal.Scopes.Select(scope => new Claim(Scope, scope)),
        ],
        scheme,
        Name,
        roleType: null));

    extension(ClaimsPrincipal principal)
    {
        /// <summary>Whose rows it may see.</summary>
        public string TenantId => principal.FindFirstValue(Tenant)
            ?? throw new InvalidOperationException("The request has no principal.");

        /// <summary>Who writes when it writes.</summary>
        public Guid AuthorId => Guid.Parse(principal.FindFirstValue(Author)
            ?? throw new InvalidOperationException("The request has no principal."));
    }
}
