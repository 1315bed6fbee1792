using System.Text.Json;

namespace Platform.Contracts.Conversations;

/// <summary>Body of <c>POST /api/v1/conversations</c>.</summary>
/// <param name="Bot">Handle or id of the bot to talk to.</param>
/// <param name="Title">At most 200 characters; null names it after its first message.</param>
/// <param name="Metadata">A JSON object that the caller gets back untouched, at most 16 KiB.</param>
public sealed record CreateConversationRequest(string? Bot, string? Title = null, JsonElement? Metadata = null);
