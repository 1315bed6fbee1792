using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Models.Calls;

/// <summary>What a tenant has spent, or set aside for running calls, on one UTC day.</summary>
public sealed class DailyTokenUsage
{
    public required string TenantId { get; init; }

    /// <summary>UTC day on the database's clock.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Prompt and completion tokens.</summary>
    public required long Tokens { get; init; }
}

internal sealed class DailyTokenUsageConfiguration : IEntityTypeConfiguration<DailyTokenUsage>
{
    public void Configure(EntityTypeBuilder<DailyTokenUsage> builder)
    {
        builder.ToTable("daily_token_usage");
        builder.HasKey(usage => new { usage.TenantId, usage.Day });
    }
}
