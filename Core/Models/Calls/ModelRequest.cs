using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Platform.Core.Models.Calls;

/// <summary>What a bot wants from a model, before it is decided who serves it.</summary>
public sealed record ModelRequest
{
    /// <summary>The model as the bot or the caller names it, e.g. <c>rehearsal</c>, <c>gpt-4o-mini</c> or <c>openrouter/mistralai/mistral-small</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Which wire form the transcript takes.</summary>
    public ModelMode Mode { get; init; } = ModelMode.Chat;

    /// <summary>The bot that speaks; the offline model draws its voice from it.</summary>
    public required ModelPersona Persona { get; init; }

    /// <summary>Where it speaks, for telemetry; null when nowhere.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The bot's id, for telemetry; null when unknown.</summary>
    public string? AgentId { get; init; }

    /// <summary>The system prompt; empty for none.</summary>
    public string SystemPrompt { get; init; } = "";

    /// <summary>Oldest first. <see cref="ChatMessage.AuthorName"/> is the speaker's display name.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The user's turn before a transcript in prefill mode, and before a conversation that begins with an answer: chat interfaces want one.</summary>
    public string PrefillUserMessage { get; init; } = "The conversation so far follows; continue it.";

    /// <summary>Sampling temperature, 0 to 2; null leaves it to the provider.</summary>
    public float? Temperature { get; init; }

    /// <summary>Nucleus sampling, 0 to 1; null leaves it to the provider.</summary>
    public float? TopP { get; init; }

    /// <summary>Upper bound of the answer, in tokens.</summary>
    public int MaxTokens { get; init; } = 4096;

    /// <summary>Texts at which the model must stop.</summary>
    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>
    /// A whole body of <c>/chat/completions</c>, in base-model mode of <c>/completions</c>, to send instead of one made from the messages: a recorded
    /// one. Only the model, the streaming and the name of the token limit are set in it. Null makes one.
    /// </summary>
    public JsonObject? Body { get; init; }

    /// <summary>Keys of the bot's file that are passed on to the provider as they are.</summary>
    public IReadOnlyDictionary<string, object?> ProviderParameters { get; init; } = new Dictionary<string, object?>();
}
