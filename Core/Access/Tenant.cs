using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Access;

/// <summary>Who owns rows. A home has one, <see cref="Home"/>.</summary>
public sealed class Tenant
{
    /// <summary>The tenant of everything that nobody else owns.</summary>
    public const string Home = "home";

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class TenantConfiguration : IEntityTypeConfiguration<Tenant>
{
    public void Configure(EntityTypeBuilder<Tenant> builder) => builder.ToTable("tenants");
}
