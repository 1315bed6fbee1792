using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Access;

/// <summary>Owner of rows. A home installation has one, <see cref="Home"/>.</summary>
public sealed class Tenant
{
    /// <summary>The default tenant.</summary>
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
