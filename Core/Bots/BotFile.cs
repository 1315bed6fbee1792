using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts;
using Platform.Contracts.Bots;

namespace Platform.Core.Bots;

/// <summary>One file of the config folder as it was last read, for hosts that do not read the folder.</summary>
public sealed class BotFile
{
    public required string TenantId { get; init; }

    /// <summary>Relative to the config folder.</summary>
    public required string Path { get; init; }

    /// <summary>The bot whose active definition came from it; null if it never loaded, and for shared files.</summary>
    public Guid? BotId { get; set; }

    /// <summary>True when its newest version is active.</summary>
    public bool Loaded { get; set; }

    /// <summary>SHA-256 of its newest version in hex; empty when it could not be read.</summary>
    public string ContentHash { get; set; } = "";

    /// <summary>What is wrong with its newest version.</summary>
    public IReadOnlyList<BotFileProblem> Problems { get; set; } = [];

    /// <summary>UTC of the last reading.</summary>
    public DateTimeOffset CheckedAt { get; set; }
}

internal sealed class BotFileConfiguration : IEntityTypeConfiguration<BotFile>
{
    private static readonly ValueComparer<IReadOnlyList<BotFileProblem>> Comparer = new(
        (left, right) => left != null && right != null && left.SequenceEqual(right),
        problems => problems.Count,
        problems => problems);

    public void Configure(EntityTypeBuilder<BotFile> builder)
    {
        builder.ToTable("bot_files");
        builder.HasKey(file => new { file.TenantId, file.Path });
        builder.Property(file => file.Problems)
            .HasColumnType("jsonb")
            .HasConversion(problems => Write(problems), json => Read(json), Comparer);
    }

    private static string Write(IReadOnlyList<BotFileProblem> problems) => JsonSerializer.Serialize(problems, WireJson.Options);

    private static List<BotFileProblem> Read(string json) =>
        JsonSerializer.Deserialize<List<BotFileProblem>>(json, WireJson.Options) ?? [];
}
