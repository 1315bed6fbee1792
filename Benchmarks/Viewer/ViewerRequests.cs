using System.Text.Json;

namespace Platform.Benchmarks.Viewer;

/// <summary>What a person asks of the viewer, about traces spread evenly over the folder.</summary>
internal sealed class ViewerRequests
{
    private const int Picked = 100;

    private readonly List<(string TraceId, string MessageId)> _picked;

    private ViewerRequests(List<(string TraceId, string MessageId)> picked) => this._picked = picked;

    /// <summary>Each with a way to make its address by a number.</summary>
    public IReadOnlyList<(string Name, Func<int, string> Address)> All =>
    [
        ("bots", _ => "/api/bots"),
        ("channels", _ => "/api/channels"),
        ("newest 50", _ => "/api/traces?limit=50"),
        ("newest 50 of a bot", _ => "/api/traces?limit=50&bot=PlainBot"),
        ("newest 50 that failed", _ => "/api/traces?limit=50&failed=true"),
        ("page 200", _ => "/api/traces?limit=50&offset=9950"),
        ("search a message", number => $"/api/search?q={_picked[number % _picked.Count].MessageId}"),
        ("open a trace", number => $"/api/trace/{_picked[number % _picked.Count].TraceId}"),
    ];

    /// <summary>Picks traces from the index of a folder.</summary>
    public static ViewerRequests From(string folder)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, "traces", "index.jsonl"));
        var step = Math.Max(1, lines.Length / Picked);
        return new ViewerRequests([.. lines.Where((_, number) => number % step == 0).Select(line =>
        {
            using var entry = JsonDocument.Parse(line);
            return (entry.RootElement.GetProperty("traceId").GetString() ?? "", entry.RootElement.GetProperty("triggeringMessageId").GetString() ?? "");
        })]);
    }
}
