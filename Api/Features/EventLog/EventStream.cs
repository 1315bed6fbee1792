using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Api.Streams;
using Platform.Contracts.Conversations;
using Platform.Contracts.EventLog;
using Platform.Core.EventLog;

namespace Platform.Api.Features.EventLog;

/// <summary>Follows the event log for one client: replays from a position, then goes on live until the client leaves.</summary>
internal sealed class EventStream(EventReader events, NewEventSignal signal, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private const int Page = 200;
    private const string Gap = "gap";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>How often the log is read without a signal, in case the listening connection is down.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Reads the events, without end.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="types">Only these.</param>
    /// <param name="after">Only those after this position; null begins live.</param>
    /// <param name="cancellationToken">The client left.</param>
    public async IAsyncEnumerable<StreamItem> ReadAsync(
        string tenantId, IReadOnlyCollection<string> types, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var window = await events.WindowAsync(leaving.Token);
        var position = after ?? window.Newest;
        if (GapAfter(position, window) is { } missed)
        {
            position = missed.From - 1;
            yield return Item(Gap, position, missed);
        }

        yield return Item(StreamEvents.Connected, position, new { position });
        var lastEvent = clock.GetTimestamp();
        while (!leaving.IsCancellationRequested)
        {
            var next = signal.Next;
            window = await events.WindowAsync(leaving.Token);
            while (position != window.Newest)
            {
                var upTo = window.Newest;
                var page = await events.ReadAsync(tenantId, types, position, upTo, Page, leaving.Token);

                // Retention may have dropped a day between the two, and then the page lacks it: the window read afterwards shows that.
                window = await events.WindowAsync(leaving.Token);
                if (GapAfter(position, window) is { } gap)
                {
                    position = gap.From - 1;
                    yield return Item(Gap, position, gap);
                    continue;
                }

                foreach (var one in page)
                {
                    yield return Item(one.Type, one.Position, ToResponse(one));
                    lastEvent = clock.GetTimestamp();
                }

                position = page.Count < Page ? upTo : page[^1].Position;
            }

            await WaitAsync(next, leaving.Token);
            if (clock.GetElapsedTime(lastEvent) >= Heartbeat)
            {
                lastEvent = clock.GetTimestamp();
                yield return Item(StreamEvents.Heartbeat, position, new { timestamp = clock.GetUtcNow() });
            }
        }
    }

    /// <returns>Null when nothing is missing after the position. One that is ahead of the log was given by a database that has since been restored.</returns>
    private static EventGapEvent? GapAfter(long position, EventWindow window) =>
        position > window.Newest ? new EventGapEvent(position, window.Newest + 1)
        : position < window.Oldest - 1 ? new EventGapEvent(position, window.Oldest)
        : null;

    private static StreamItem Item(string name, long position, object data) =>
        new(name, position.ToString(CultureInfo.InvariantCulture), data);

    private static PlatformEventResponse ToResponse(StoredEvent one) => new(
        one.Type, one.CreatedAt, one.Id.ToString(), one.Position, one.ActivationId?.ToString(), one.ActivationFence, JsonElement.Parse(one.Data));

    private async Task WaitAsync(Task next, CancellationToken leaving)
    {
        try
        {
            await next.WaitAsync(Poll, clock, leaving);
        }
        catch (TimeoutException)
        {
            // No signal within the interval: read anyway.
        }
    }
}
