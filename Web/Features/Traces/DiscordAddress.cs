using Platform.Contracts.Traces.Document;

namespace Platform.Web.Features.Traces;

/// <summary>Links to messages in Discord.</summary>
internal static class DiscordAddress
{
    private const string Channels = "https://discord.com/channels/";

    /// <summary>The address of a message.</summary>
    /// <param name="document">Has the ids of server and channel.</param>
    /// <param name="messageId">Id of the message.</param>
    /// <returns>Null when the ids are not Discord ids.</returns>
    public static string? Of(TraceDocument? document, string? messageId) =>
        document?.ChannelId is { } channel && IsSnowflake(channel) && IsSnowflake(messageId)
            ? $"{Channels}{(IsSnowflake(document.GuildId) ? document.GuildId : "@me")}/{channel}/{messageId}"
            : null;

    /// <summary>Validates a URL from a trace document, which is untrusted.</summary>
    /// <returns>Null unless it is a Discord message URL.</returns>
    public static string? Checked(string? address) => address?.StartsWith(Channels, StringComparison.Ordinal) is true ? address : null;

    private static bool IsSnowflake(string? id) => id is { Length: >= 15 and <= 20 } && id.All(char.IsAsciiDigit);
}
