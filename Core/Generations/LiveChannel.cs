using System.Diagnostics;
using System.Globalization;
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

/// <summary>A piece of a partial answer, sent to followers.</summary>
/// <param name="ActivationId">The activation that writes.</param>
/// <param name="Fence">The claim that writes.</param>
/// <param name="Offset">Where the piece begins in the answer, in UTF-16 units.</param>
/// <param name="Text">Never cut inside a surrogate pair.</param>
public readonly record struct LiveText(Guid ActivationId, long Fence, int Offset, string Text)
{
    private const char Separator = '|';
    private const int PartCount = 4;

    /// <summary>Writes the piece as one line of four parts.</summary>
    public string Encode() => string.Create(
        CultureInfo.InvariantCulture, $"{ActivationId:N}{Separator}{Fence}{Separator}{Offset}{Separator}{Text}");

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <returns>Null when it is something else.</returns>
    public static LiveText? Decode(string line)
    {
        var parts = line.Split(Separator, PartCount);
        return parts.Length == PartCount
            && Guid.TryParseExact(parts[0], "N", out var activationId)
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var fence)
            && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var offset)
                ? new LiveText(activationId, fence, offset, parts[3])
                : null;
    }
}
