using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Web.Features.Traces.Document;

/// <summary>
/// What a page reads of a trace document: ChapterX's shape, whose keys are absent when unknown. Older files lack more of them,
/// so everything is optional; what is not named here stays reachable in the document itself.
/// </summary>
public sealed record TraceDocument
{
    private static readonly JsonSerializerOptions Tolerant = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        RespectNullableAnnotations = true,
    };

    /// <summary>The Discord server; null elsewhere.</summary>
    public string? GuildId { get; init; }

    public string? ChannelId { get; init; }

    public string? ParentChannelId { get; init; }

    public string? BotUserId { get; init; }

    public ActivationPart? Activation { get; init; }

    public IReadOnlyList<RawMessage> RawDiscordMessages { get; init; } = [];

    public ContextPart? ContextBuild { get; init; }

    public IReadOnlyList<CallPart> LlmCalls { get; init; } = [];

    public IReadOnlyList<ToolPart> ToolExecutions { get; init; } = [];

    public OutcomePart? Outcome { get; init; }

    public IReadOnlyList<LogPart> Logs { get; init; } = [];

    /// <summary>Our own part; null in imported documents.</summary>
    public PlatformPart? Platform { get; init; }

    /// <summary>The bot's merged configuration, free-form.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>Reads a document.</summary>
    /// <param name="document">As the Api gave it.</param>
    /// <returns>Null when it is of another shape: then the page shows only the JSON.</returns>
    public static TraceDocument? Read(JsonElement document)
    {
        try
        {
            return document.Deserialize<TraceDocument>(Tolerant);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
