using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Contracts.Traces.Document;

/// <summary>
/// A part of a trace document. Members are camelCase and absent when unknown; older files lack more of them, so that everything
/// is optional when it is read.
/// </summary>
public abstract record TracePart
{
    /// <summary>Members without a property; null when there are none or they were not read.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>
/// A trace as JSON, in ChapterX's shape; additions to ChapterX's format are under <c>platform</c>. Stored documents are never
/// rewritten: this is how they are read, and how new ones are written.
/// </summary>
public sealed record TraceDocument : TracePart
{
    /// <summary>The id that the writing program gave it.</summary>
    public string? TraceId { get; init; }

    /// <summary>When the activation began: ISO 8601, kept as it was written because ChapterX's index repeats it.</summary>
    public string? Timestamp { get; init; }

    public string? ChannelId { get; init; }

    /// <summary>The Discord server; null elsewhere.</summary>
    public string? GuildId { get; init; }

    public string? TriggeringMessageId { get; init; }

    /// <summary>The bot's handle, despite its name.</summary>
    public string? BotId { get; init; }

    public string? BotUserId { get; init; }

    public bool? IsThread { get; init; }

    public string? ParentChannelId { get; init; }

    public ActivationPart? Activation { get; init; }

    /// <summary>Discord messages as they were fetched; null in native documents.</summary>
    public IReadOnlyList<RawMessagePart>? RawDiscordMessages { get; init; }

    /// <summary>Null when the activation ended before its context was built.</summary>
    public ContextPart? ContextBuild { get; init; }

    public IReadOnlyList<CallPart> LlmCalls { get; init; } = [];

    public IReadOnlyList<ToolPart> ToolExecutions { get; init; } = [];

    public IReadOnlyList<LogPart> Logs { get; init; } = [];

    public OutcomePart? Outcome { get; init; }

    /// <summary>Milliseconds.</summary>
    public int? DurationMs { get; init; }

    /// <summary>The bot's merged configuration, free-form.</summary>
    [JsonConverter(typeof(OneLineConverter))]
    public JsonElement? Config { get; init; }

    /// <summary>The part of native documents; null in imported ones.</summary>
    public PlatformPart? Platform { get; init; }
}
