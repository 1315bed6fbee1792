using System.Text.Json;

namespace Platform.Web.Features.Traces.Document;

/// <summary>One log line of the activation.</summary>
public sealed record LogPart
{
    /// <summary>Milliseconds since the activation began.</summary>
    public long OffsetMs { get; init; }

    public string? Level { get; init; }

    public string? Message { get; init; }

    public JsonElement? Data { get; init; }
}
