using Microsoft.Extensions.Options;
using Platform.Core.Storage;

namespace Platform.Core.Retention;

/// <summary>Raw requests and responses: whole days are dropped. Their references stay, so that a page can show what was deleted.</summary>
public sealed class BodyRetention(DayPartitions partitions, IOptions<RetentionOptions> options, TimeProvider clock) : IRetentionClass
{
    public string Name => "bodies";

    public string Description => "Raw requests and responses of the platform's bots";

    public TimeSpan Keep => options.Value.Bodies;

    public IReadOnlyList<string> Tables => [DayPartitions.Bodies];

    public async Task<Dropped> ApplyAsync(CancellationToken cancellationToken)
    {
        var dropped = default(Dropped);
        foreach (var day in await partitions.OlderThanAsync(DayPartitions.Bodies, Keep, cancellationToken))
        {
            dropped += await DropAsync(day, RetentionCause.Age, cancellationToken);
        }

        return dropped;
    }

    /// <summary>Drops one day.</summary>
    public async Task<Dropped> DropAsync(DayPartition day, RetentionCause cause, CancellationToken cancellationToken) =>
        new(await partitions.DropAsync(day, EnumText.Of(cause), clock, cancellationToken), 1, day.SizeBytes);
}
