using System.Text.Json;

namespace Platform.Tests.Infrastructure;

/// <summary>A request that <see cref="ModelServer"/> received.</summary>
/// <param name="Path">Such as <c>/v1/chat/completions</c>.</param>
/// <param name="Headers">Names in lower case; those that carry a key are left out.</param>
/// <param name="HasKey">Whether a key was sent in any of the usual headers.</param>
/// <param name="Body">The body as it came, decoded as UTF-8.</param>
public sealed record ModelRequest(string Path, IReadOnlyDictionary<string, string> Headers, bool HasKey, string Body)
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The body as JSON.</summary>
    public JsonElement Json { get; } = JsonSerializer.Deserialize<JsonElement>(Body);

    public string Model => Json.GetProperty("model").GetString() ?? "";

    public bool Streams => Json.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;

    /// <summary>Completes when the client goes away before the answer's end, as a cancelled call does.</summary>
    public Task ClientLeft => _left.Task;

    internal bool WantsUsage =>
        Json.TryGetProperty("stream_options", out var options) && options.ValueKind == JsonValueKind.Object
        && options.TryGetProperty("include_usage", out var include) && include.ValueKind == JsonValueKind.True;

    internal void NoteClientLeft() => _left.TrySetResult();
}
