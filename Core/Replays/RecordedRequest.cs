using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Platform.Core.Models;
using Platform.Core.Models.Calls;

namespace Platform.Core.Replays;

/// <summary>A recorded request, in the form in which it can be sent again.</summary>
internal sealed record RecordedRequest
{
    // What the recorded limit is taken for when there is none; servers have their own.
    private const int DefaultMaxTokens = 4096;

    /// <summary>A body for OpenAI-compatible servers, converted if it was another's; null makes one from the messages.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>True for a prompt instead of messages.</summary>
    public bool IsCompletion { get; init; }

    public string SystemPrompt { get; init; } = "";

    /// <summary>The text of all messages; with a <see cref="Body"/>, the input of the offline model and of the token estimate.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public int? MaxTokens { get; init; }

    public float? Temperature { get; init; }

    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>Null when only the trace has the authors.</summary>
    public ModelPersona? Persona { get; init; }

    /// <summary>What could not be carried over, in words.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Makes the call out of it.</summary>
    /// <param name="model">As a bot would name it.</param>
    /// <param name="bot">The bot of the trace.</param>
    public ModelRequest ToRequest(string model, string bot) => new()
    {
        Model = model,
        Mode = IsCompletion ? ModelMode.BaseModel : ModelMode.Chat,
        Persona = Persona ?? new ModelPersona(bot, bot, null, [], []),
        SystemPrompt = SystemPrompt,
        Messages = Messages,
        Temperature = Temperature,
        MaxTokens = MaxTokens is > 0 and var limit ? limit : DefaultMaxTokens,
        StopSequences = StopSequences,
        Body = Body,
    };
}
