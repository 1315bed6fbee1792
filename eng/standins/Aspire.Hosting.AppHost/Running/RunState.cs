using System.Text.Json.Serialization;

namespace Aspire.Hosting.Running;

/// <summary>What the file run/state.json in the data folder says about a run.</summary>
internal sealed record RunState
{
    /// <summary>"starting", "ready" when everything is healthy, "failed", or "stopping".</summary>
    public required string Status { get; init; }

    /// <summary>Why, if it failed; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>The AppHost's process; SIGTERM stops everything.</summary>
    public required int Pid { get; init; }

    /// <summary>URL by the name of the resource, or of its replica.</summary>
    public required IReadOnlyDictionary<string, string> Urls { get; init; }

    /// <summary>The children, in the order of their start.</summary>
    public required IReadOnlyList<RunStateProcess> Processes { get; init; }
}
