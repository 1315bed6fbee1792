using System.Diagnostics;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Platform.Core.Generations;

/// <summary>
/// Carries what happens in a channel from workers to followers, over Redis. It is only ever a short cut: whoever follows
/// reads Postgres too, so that losing Redis loses nothing but speed.
/// </summary>
public sealed partial class LiveChannel(IConnectionMultiplexer redis, ILogger<LiveChannel> logger)
{
    private const string Change = "changed";

    /// <summary>False while Redis is unavailable; followers then poll Postgres more often.</summary>
    public bool IsConnected => redis.IsConnected;

    /// <summary>Sends a piece of an answer, without waiting. A span for each would bury the answer's own.</summary>
    public void Publish(Guid channelId, LiveText text)
    {
        var span = Activity.Current;
        Activity.Current = null;
        Send(channelId, text.Encode());
        Activity.Current = span;
    }

    /// <summary>Signals that something in the channel changed: read Postgres.</summary>
    public void PublishChange(Guid channelId) => Send(channelId, Change);

    /// <summary>Follows a channel until the result is disposed.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="receive">Gets each piece of text, or null for a change; must not block.</param>
    /// <returns>Ends the following. While Redis is unavailable nothing arrives; it resumes automatically.</returns>
    public async Task<IAsyncDisposable> FollowAsync(Guid channelId, Action<LiveText?> receive)
    {
        var name = Name(channelId);
        Action<RedisChannel, RedisValue> handler = (_, value) => receive(LiveText.Decode(value.ToString()));
        try
        {
            await redis.GetSubscriber().SubscribeAsync(name, handler);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotFollowing(exception.Message);
        }

        return new Following(redis, name, handler);
    }

    private static RedisChannel Name(Guid channelId) => RedisChannel.Literal($"platform:channel:{channelId:N}");

    private void Send(Guid channelId, string line)
    {
        try
        {
            redis.GetSubscriber().Publish(Name(channelId), line, CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotSent(exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Redis is unavailable; followers read from Postgres: {Reason}")]
    private partial void LogNotSent(string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Redis is unavailable; this follower reads from Postgres: {Reason}")]
    private partial void LogNotFollowing(string reason);

    private sealed class Following(IConnectionMultiplexer redis, RedisChannel name, Action<RedisChannel, RedisValue> handler) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await redis.GetSubscriber().UnsubscribeAsync(name, handler, CommandFlags.FireAndForget);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
            {
                // The connection is closed, and the subscription with it.
            }
        }
    }
}
