using System.Text;
using Platform.Core.Channels;

namespace Platform.Api.Features.Conversations;

/// <summary>What may be posted to a conversation.</summary>
internal static class ContentRules
{
    /// <summary>Checks a message's text.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? ProblemWith(string? content)
    {
        if (string.IsNullOrWhiteSpace(content))
        {
            return "content is empty: write 1 to 100 000 characters.";
        }

        if (content.Length > Message.MaxConversationLength)
        {
            return $"content has {content.Length} characters: write at most 100 000.";
        }

        return UnstorableIn(content) is { } what ? $"content contains {what}: remove it." : null;
    }

    /// <summary>Finds characters that no text column takes.</summary>
    /// <returns>What was found, or null.</returns>
    public static string? UnstorableIn(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return "the character U+0000";
        }

        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return "half of a surrogate pair, which is not valid Unicode";
            }

            rest = rest[consumed..];
        }

        return null;
    }
}
