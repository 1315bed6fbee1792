using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts.Traces;

namespace Platform.Core.Traces;

/// <summary>Links a call to a body. A body may belong to several calls, and may be deleted.</summary>
public sealed class LlmCallBody
{
    public required Guid LlmCallId { get; init; }

    public required BodyKind Kind { get; init; }

    /// <summary>From 0 among the call's bodies of that kind.</summary>
    public required int Position { get; init; }

    /// <summary>The name under which the trace document mentions it.</summary>
    public required string Ref { get; init; }

    /// <summary>Key of the <see cref="Body"/>; null when there never was one.</summary>
    public DateOnly? StoredDay { get; init; }

    /// <summary>Key of the <see cref="Body"/>; null when there never was one.</summary>
    public byte[]? Sha256 { get; init; }
}

internal sealed class LlmCallBodyConfiguration : IEntityTypeConfiguration<LlmCallBody>
{
    public void Configure(EntityTypeBuilder<LlmCallBody> builder)
    {
        builder.ToTable("llm_call_bodies");
        builder.HasKey(body => new { body.LlmCallId, body.Kind, body.Position });
    }
}
