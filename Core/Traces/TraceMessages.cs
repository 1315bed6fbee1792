using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Traces;

/// <summary>
/// The messages of a trace, one row a trace, so that it is found by any of them. A trace without messages has no row.
/// </summary>
public sealed class TraceMessages
{
    public required Guid TraceId { get; init; }

    /// <summary>Triggers, then context, then answers. Ours, or the snowflake at the end of a foreign id.</summary>
    public required string[] MessageIds { get; init; }

    /// <summary>How many of them are triggers.</summary>
    public required int Triggers { get; init; }

    /// <summary>How many after those the model saw.</summary>
    public required int Contexts { get; init; }

    /// <summary>Puts the three kinds together.</summary>
    /// <returns>Null when there is no message at all.</returns>
    public static TraceMessages? Of(Guid traceId, IEnumerable<string> triggers, IEnumerable<string> contexts, IEnumerable<string> sent)
    {
        List<string> ids = [.. triggers];
        var first = ids.Count;
        ids.AddRange(contexts);
        var second = ids.Count - first;
        ids.AddRange(sent);
        return ids.Count == 0 ? null : new TraceMessages { TraceId = traceId, MessageIds = [.. ids], Triggers = first, Contexts = second };
    }
}

internal sealed class TraceMessagesConfiguration : IEntityTypeConfiguration<TraceMessages>
{
    public void Configure(EntityTypeBuilder<TraceMessages> builder)
    {
        builder.ToTable("trace_messages");
        builder.HasKey(messages => messages.TraceId);
    }
}
