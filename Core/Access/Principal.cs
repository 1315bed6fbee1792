using Platform.Core.Authors;

namespace Platform.Core.Access;

/// <summary>Who makes a request, whatever credential it presented.</summary>
/// <param name="Name">Of the credential, for logs and traces; never the credential itself.</param>
/// <param name="TenantId">Whose rows it may see.</param>
/// <param name="AuthorId">Who writes when it writes.</param>
/// <param name="Scopes">What it may do, of <see cref="Contracts.Access.Scopes"/>.</param>
public sealed record Principal(string Name, string TenantId, Guid AuthorId, IReadOnlyList<string> Scopes)
{
    /// <summary>Whoever uses a development host on this machine without a credential.</summary>
    public static Principal LocalDevelopment { get; } = Owner("local-development");

    /// <summary>The owner of the default tenant, who may do everything.</summary>
    /// <param name="name">Of the credential.</param>
    public static Principal Owner(string name) => new(name, Tenant.Home, Author.You, Contracts.Access.Scopes.All);
}
