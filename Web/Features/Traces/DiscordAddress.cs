using Platform.Contracts.Traces.Document;

namespace Platform.Web.Features.Traces;

/// <summary>Where Discord shows a message.</summary>
internal static class DiscordAddress
{
    private const string Channels = "https://discord.com/channels/";

    /// <summary>The address of a message.</summary>
    /// <param name="document">Names server and channel.</param>
    /// <param name="messageId">The message.</param>
    /// <returns>Null when the ids are not Discord's own.</returns>
    public static string? Of(TraceDocument? document, string? messageId) =>
        document?.ChannelId is { } channel && IsSnowflake(channel) && IsSnowflake(messageId)
            ? $"{Channels}{(IsSnowflake(document.GuildId) ? document.GuildId : "@me")}/{channel}/{messageId}"
            : null;

    /// <summary>An address as a document names it; whoever wrote the document may have put anything there.</summary>
    /// <returns>Null unless it leads to a message in Discord.</returns>
    public static string? Checked(string? address) => address?.StartsWith(Channels, StringComparison.Ordinal) is true ? address : null;

    private static bool IsSnowflake(string? id) => id is { Length: >= 15 and <= 20 } && id.All(char.IsAsciiDigit);
}
