using System.Security.Claims;

namespace Platform.Api.Auth;

/// <summary>What a principal carries, whatever it came in with.</summary>
internal static class PrincipalClaims
{
    public const string Name = "name";

    public const string Tenant = "tenant_id";

    public const string Author = "author_id";

    public const string Scope = "scope";

    extension(ClaimsPrincipal principal)
    {
        /// <summary>Whose rows it may see.</summary>
        public string TenantId => principal.FindFirstValue(Tenant)
            ?? throw new InvalidOperationException("The endpoint was reached without a principal.");

        /// <summary>Who writes when it writes.</summary>
        public Guid AuthorId => Guid.Parse(principal.FindFirstValue(Author)
            ?? throw new InvalidOperationException("The endpoint was reached without a principal."));
    }
}
