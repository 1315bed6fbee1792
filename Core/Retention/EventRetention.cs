using Microsoft.Extensions.Options;
using Platform.Core.Storage;

namespace Platform.Core.Retention;

/// <summary>The log of platform events: whole days are dropped. A client that resumes from before gets an event <c>gap</c>.</summary>
public sealed class EventRetention(DayPartitions partitions, IOptions<RetentionOptions> options, TimeProvider clock) : IRetentionClass
{
    public string Name => "events";

    public string Description => "The event log, which clients resume from";

    public TimeSpan Keep => options.Value.Events;

    public IReadOnlyList<string> Tables => [DayPartitions.Events];

    public async Task<Dropped> ApplyAsync(CancellationToken cancellationToken)
    {
        var dropped = default(Dropped);
        foreach (var day in await partitions.OlderThanAsync(DayPartitions.Events, Keep, cancellationToken))
        {
            dropped += new Dropped(await partitions.DropAsync(day, EnumText.Of(RetentionCause.Age), clock, cancellationToken), 1, day.SizeBytes);
        }

        return dropped;
    }
}
