using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.EventLog;

/// <summary>The last position of the event log. There is one row; the holder of its lock is the sequencer.</summary>
public sealed class EventHead
{
    /// <summary>True, always.</summary>
    public required bool OnlyRow { get; init; }

    /// <summary>Of the newest event; 0 before the first.</summary>
    public required long Position { get; init; }
}

internal sealed class EventHeadConfiguration : IEntityTypeConfiguration<EventHead>
{
    public void Configure(EntityTypeBuilder<EventHead> builder)
    {
        builder.ToTable("event_head");
        builder.HasKey(head => head.OnlyRow);
    }
}
