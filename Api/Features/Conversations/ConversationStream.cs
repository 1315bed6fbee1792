using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Platform.Api.Streams;
using Platform.Contracts.Conversations;
using Platform.Core.Conversations;
using Platform.Core.Generations;

namespace Platform.Api.Features.Conversations;

/// <summary>Follows one conversation for one client: replays what is stored, then goes on live until the client leaves.</summary>
internal sealed class ConversationStream(
    ConversationReader conversations,
    ChannelActivityReader activities,
    LiveChannel live,
    IHostApplicationLifetime lifetime,
    TimeProvider clock)
{
    private const int Page = 50;
    private const int LiveBuffer = 1024;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GapPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads the events, without end.</summary>
    /// <param name="channelId">The conversation.</param>
    /// <param name="cursor">The client's position.</param>
    /// <param name="replay">False to begin live.</param>
    /// <param name="cancellationToken">The client left.</param>
    public async IAsyncEnumerable<StreamItem> ReadAsync(
        Guid channelId, StreamCursor cursor, bool replay, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var wake = System.Threading.Channels.Channel.CreateBounded<LiveText?>(new BoundedChannelOptions(LiveBuffer) { FullMode = BoundedChannelFullMode.DropWrite });
        await using var subscription = await live.FollowAsync(channelId, text => wake.Writer.TryWrite(text));
        var follower = new ConversationFollower(cursor);
        yield return follower.ItemAtCursor(StreamEvents.Connected, new { conversation_id = channelId.ToString() });

        var sent = 0;
        if (replay)
        {
            await foreach (var item in MessagesAsync(follower, channelId, replay: true, leaving.Token))
            {
                sent += item.Event is StreamEvents.Message or StreamEvents.MessageComplete ? 1 : 0;
                yield return item;
            }
        }

        yield return follower.ItemAtCursor(StreamEvents.ReplayComplete, new { last_sequence = follower.Sequence, message_count = sent });
        await foreach (var item in LiveAsync(follower, channelId, replay, wake.Reader, leaving.Token))
        {
            yield return item;
        }
    }

    private async IAsyncEnumerable<StreamItem> LiveAsync(
        ConversationFollower follower,
        Guid channelId,
        bool sendOldEnds,
        ChannelReader<LiveText?> wake,
        [EnumeratorCancellation] CancellationToken leaving)
    {
        DateTimeOffset? since = null;
        var lastEvent = clock.GetTimestamp();
        while (!leaving.IsCancellationRequested)
        {
            var (now, seen) = await activities.ReadAsync(channelId, since, leaving);
            await foreach (var item in MessagesAsync(follower, channelId, replay: false, leaving))
            {
                lastEvent = clock.GetTimestamp();
                yield return item;
            }

            // On the first read, ended activations are sent only to a client that resumes from a cursor.
            if (since is null && !sendOldEnds)
            {
                follower.IgnoreEnded(seen);
            }

            foreach (var item in seen.SelectMany(follower.ItemsFor))
            {
                lastEvent = clock.GetTimestamp();
                yield return item;
            }

            since = now;
            await foreach (var piece in PiecesAsync(follower, wake, leaving))
            {
                lastEvent = clock.GetTimestamp();
                yield return piece;
            }

            if (clock.GetElapsedTime(lastEvent) >= Heartbeat)
            {
                lastEvent = clock.GetTimestamp();
                yield return follower.ItemAtCursor(StreamEvents.Heartbeat, new { timestamp = clock.GetUtcNow() });
            }
        }
    }

    /// <summary>Waits for something to happen, and hands out live pieces as long as they connect; then it is time to look into Postgres.</summary>
    private async IAsyncEnumerable<StreamItem> PiecesAsync(
        ConversationFollower follower, ChannelReader<LiveText?> wake, [EnumeratorCancellation] CancellationToken leaving)
    {
        var until = clock.GetTimestamp();
        var longest = LongestWait(follower);
        while (clock.GetElapsedTime(until) is var waited && waited < longest && await WaitAsync(wake, longest - waited, leaving))
        {
            while (wake.TryPeek(out var next))
            {
                if (next is not { } piece)
                {
                    wake.TryRead(out _);
                    yield break;
                }

                if (!follower.IsContiguous(piece))
                {
                    if (follower.StopsWaitingFor(piece))
                    {
                        wake.TryRead(out _);
                        continue;
                    }

                    // Text before it is on its way to Postgres.
                    await Task.Delay(GapPause, clock, leaving);
                    yield break;
                }

                wake.TryRead(out _);
                if (follower.ItemFor(piece) is { } item)
                {
                    yield return item;
                }
            }
        }
    }

    private async IAsyncEnumerable<StreamItem> MessagesAsync(
        ConversationFollower follower, Guid channelId, bool replay, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await conversations.MessagesAsync(channelId, follower.Sequence, Page, cancellationToken);
            foreach (var item in page.SelectMany(view => follower.ItemsFor(view, replay)))
            {
                yield return item;
            }

            if (page.Count < Page)
            {
                yield break;
            }
        }
    }

    private TimeSpan LongestWait(ConversationFollower follower) => (live.IsConnected, follower.IsFollowing) switch
    {
        (true, true) => TimeSpan.FromSeconds(1),
        (true, false) => TimeSpan.FromSeconds(3),
        (false, true) => TimeSpan.FromMilliseconds(250),
        (false, false) => TimeSpan.FromSeconds(1),
    };

    private static async Task<bool> WaitAsync(ChannelReader<LiveText?> wake, TimeSpan longest, CancellationToken leaving)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(leaving);
        timeout.CancelAfter(longest);
        try
        {
            return await wake.WaitToReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!leaving.IsCancellationRequested)
        {
            return false;
        }
    }
}
