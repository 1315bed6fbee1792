using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Authors;

/// <summary>Whoever writes: a person or a bot.</summary>
public sealed class Author
{
    /// <summary>The first author of an installation: UUIDv5 of the DNS namespace and <c>you</c>.</summary>
    public static readonly Guid You = Guid.Parse("b945a8c5-037f-5f84-9ca9-59a60165968d");

    /// <summary>UUIDv5 of the DNS namespace and the handle for seeded authors, else UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required string TenantId { get; init; }

    public required AuthorKind Kind { get; init; }

    /// <summary>Lower case, without <c>@</c>; unique in the tenant.</summary>
    public required string Handle { get; init; }

    public required string DisplayName { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class AuthorConfiguration : IEntityTypeConfiguration<Author>
{
    public void Configure(EntityTypeBuilder<Author> builder) => builder.ToTable("authors");
}
