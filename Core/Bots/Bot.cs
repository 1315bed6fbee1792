using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Bots;

/// <summary>A persona and its active definition. Stays when its file goes, since its messages do.</summary>
public sealed class Bot
{
    /// <summary>Its author; see <see cref="Authors.AuthorId"/>.</summary>
    public required Guid AuthorId { get; init; }

    public required string TenantId { get; init; }

    /// <summary>Whether it may be activated: its definition allows it and its file is there.</summary>
    public bool Enabled { get; private set; }

    /// <summary>SHA-256 in hex; see <see cref="BotDefinitionJson.Hash"/>.</summary>
    public string DefinitionHash { get; private set; } = "";

    /// <summary>The last valid version.</summary>
    public required BotDefinition Definition { get; set; }

    /// <summary>Relative to the config folder; null when the file was removed.</summary>
    public string? SourceFile { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC of the last change of anything above.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Activates a definition.</summary>
    /// <param name="definition">Without errors.</param>
    /// <param name="sourceFile">Relative to the config folder.</param>
    /// <param name="now">UTC.</param>
    /// <returns>False when it was active already.</returns>
    public bool PutInForce(BotDefinition definition, string sourceFile, DateTimeOffset now)
    {
        var hash = BotDefinitionJson.Hash(definition);
        if (hash == DefinitionHash && sourceFile == SourceFile && Enabled == definition.Enabled)
        {
            return false;
        }

        Definition = definition;
        DefinitionHash = hash;
        SourceFile = sourceFile;
        Enabled = definition.Enabled;
        UpdatedAt = now;
        return true;
    }

    /// <summary>Disables it because its file was removed.</summary>
    /// <param name="now">UTC.</param>
    /// <returns>False when it was disabled already.</returns>
    public bool Retire(DateTimeOffset now)
    {
        if (!Enabled && SourceFile is null)
        {
            return false;
        }

        Enabled = false;
        SourceFile = null;
        UpdatedAt = now;
        return true;
    }
}

internal sealed class BotConfiguration : IEntityTypeConfiguration<Bot>
{
    private static readonly ValueComparer<BotDefinition> Comparer = new(
        (left, right) => ReferenceEquals(left, right) || (left != null && right != null && BotDefinitionJson.Hash(left) == BotDefinitionJson.Hash(right)),
        definition => definition.Handle.GetHashCode(StringComparison.Ordinal),
        definition => definition);

    public void Configure(EntityTypeBuilder<Bot> builder)
    {
        builder.ToTable("bots");
        builder.HasKey(bot => bot.AuthorId);
        builder.Property(bot => bot.Definition)
            .HasColumnType("jsonb")
            .HasConversion(definition => BotDefinitionJson.Write(definition), json => BotDefinitionJson.Read(json), Comparer);
    }
}
