using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Api.Streams;
using Platform.Contracts.Events;
using Platform.Contracts.Streams;
using Platform.Core.Events;

namespace Platform.Api.Features.Events;

/// <summary>Follows the event log for one client: replays from a position, then goes on live until the client leaves.</summary>
internal sealed class EventStream(EventReader events, EventNews news, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private const int Page = 200;
    private const string Gap = "gap";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>How often the log is looked at without news, which covers a listening connection that is away.</summary>
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
        if (IsGap(position, window))
        {
            var from = position > window.Newest ? window.Newest + 1 : window.Oldest;
            yield return Item(Gap, from - 1, new EventGapEvent(position, from));
            position = from - 1;
        }

        yield return Item(StreamEvents.Connected, position, new { position });
        var lastEvent = clock.GetTimestamp();
        while (!leaving.IsCancellationRequested)
        {
            var next = news.Next;
            var newest = (await events.WindowAsync(leaving.Token)).Newest;
            while (position < newest)
            {
                var page = await events.ReadAsync(tenantId, types, position, newest, Page, leaving.Token);
                foreach (var one in page)
                {
                    yield return Item(one.Type, one.Position, ToResponse(one));
                    lastEvent = clock.GetTimestamp();
                }

                position = page.Count < Page ? newest : page[^1].Position;
            }

            await WaitAsync(next, leaving.Token);
            if (clock.GetElapsedTime(lastEvent) >= Heartbeat)
            {
                lastEvent = clock.GetTimestamp();
                yield return Item(StreamEvents.Heartbeat, position, new { timestamp = clock.GetUtcNow() });
            }
        }
    }

    private static bool IsGap(long position, EventWindow window) => position > window.Newest || position < window.Oldest - 1;

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
            // No news: time to look without being told.
        }
    }
}
