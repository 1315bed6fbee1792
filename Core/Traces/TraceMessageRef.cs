using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Traces;

/// <summary>Says that a message was trigger, context or answer of a trace, so that a trace is found by any of its messages.</summary>
public sealed class TraceMessageRef
{
    public required Guid TraceId { get; init; }

    /// <summary>Ours, or the snowflake at the end of a foreign id.</summary>
    public required string MessageId { get; init; }

    public required TraceMessageRole Role { get; init; }

    /// <summary>From 0 among the refs of that role.</summary>
    public required int Position { get; init; }
}

internal sealed class TraceMessageRefConfiguration : IEntityTypeConfiguration<TraceMessageRef>
{
    public void Configure(EntityTypeBuilder<TraceMessageRef> builder)
    {
        builder.ToTable("trace_message_refs");
        builder.HasKey(reference => new { reference.TraceId, reference.Role, reference.Position, reference.MessageId });
    }
}
