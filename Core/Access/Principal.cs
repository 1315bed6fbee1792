using Platform.Core.Authors;

namespace Platform.Core.Access;

/// <summary>The caller of a request.</summary>
/// <param name="Name">Of the credential, for logs and traces; never the credential itself.</param>
/// <param name="TenantId">The tenant whose rows it may see.</param>
/// <param name="AuthorId">Author of its messages.</param>
/// <param name="Scopes">What it may do, of <see cref="Contracts.Access.Scopes"/>.</param>
public sealed record Principal(string Name, string TenantId, Guid AuthorId, IReadOnlyList<string> Scopes)
{
    /// <summary>A caller on this machine without a credential, in Development.</summary>
    public static Principal LocalDevelopment { get; } = Owner("a local user (no sign-in)");

    /// <summary>The owner of the default tenant, who may do everything.</summary>
    /// <param name="name">Of the credential.</param>
    public static Principal Owner(string name) => new(name, Tenant.Home, Author.You, Contracts.Access.Scopes.All);
}
