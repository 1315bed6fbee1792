using Platform.Web.Features.Traces.Document;

namespace Platform.Web.Features.Traces;

/// <summary>Where Discord shows a message.</summary>
internal static class DiscordAddress
{
    /// <summary>The address of a message.</summary>
    /// <param name="document">Names server and channel.</param>
    /// <param name="messageId">The message.</param>
    /// <returns>Null when the ids are not Discord's own.</returns>
    public static string? Of(TraceDocument? document, string? messageId) =>
        document?.ChannelId is { } channel && IsSnowflake(channel) && IsSnowflake(messageId)
            ? $"https://discord.com/channels/{(IsSnowflake(document.GuildId) ? document.GuildId : "@me")}/{channel}/{messageId}"
            : null;

    private static bool IsSnowflake(string? id) => id is { Length: >= 15 and <= 20 } && id.All(char.IsAsciiDigit);
}
