using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Platform.Benchmarks.Traces;

/// <summary>The requests that are measured, each with a way to make its next address.</summary>
internal static class TraceRequests
{
    public delegate Task<string> Address(BenchmarkPlatform platform, Random random, CancellationToken cancellationToken);

    public static IReadOnlyList<(string Name, Address Next)> All(SyntheticTraces traces) =>
    [
        ("newest page", Of(_ => "")),
        ("newest page with its count", Of(_ => "count=true")),
        ("a page far down", DeepPage),
        ("bot", Of(random => $"bot=bot-{random.Next(SyntheticTraces.Bots)}")),
        ("channel", Of(random => $"channel=channel-{random.Next(SyntheticTraces.Channels)}")),
        ("outcome", Of(random => $"outcome={Pick(random, "answered", "silent", "failed", "cancelled")}")),
        ("silent reason", Of(random => $"silent_reason=rule_{random.Next(SyntheticTraces.Rules)}")),
        ("model, one of them rare", Of(random => $"model=model-{random.Next(SyntheticTraces.Models)}")),
        ("cost from", Of(random => $"cost_from={Pick(random, "0.001", "0.05", "0.5", "5")}")),
        ("duration from", Of(random => $"duration_from={Pick(random, "1000", "20000", "60000", "599000")}")),
        ("time range", Of(random => $"from={random.Next(2, 30)}d&to={random.Next(1, 2)}d")),
        ("bot, outcome and model", Of(random => $"bot=bot-{random.Next(SyntheticTraces.Bots)}&outcome=failed&model=model-{random.Next(SyntheticTraces.Models)}")),
        ("channel, duration and time", Of(random => $"channel=channel-{random.Next(SyntheticTraces.Channels)}&duration_from=60000&from=10d&to=3d")),
        ("bot with its count", Of(random => $"bot=bot-{random.Next(SyntheticTraces.Bots)}&count=true")),
        ("message id", MessageId),
        ("text, frequent word", Of(random => $"q={traces.Words[random.Next(20)]}")),
        ("text, word of the middle", Of(random => $"q={traces.Words[random.Next(200, 1000)]}")),
        ("text, rare word", Of(random => $"q={traces.Words[random.Next(10_000, 15_000)]}")),
        ("text, two words", Of(random => $"q={traces.Words[random.Next(100)]}+{traces.Words[random.Next(100, 400)]}")),
        ("text, nowhere", Of(random => $"q=xylophone{random.Next(1000)}")),
        ("text of a bot", Of(random => $"q={traces.Words[random.Next(100, 1000)]}&bot=bot-{random.Next(SyntheticTraces.Bots)}")),
        ("facets", (_, _, _) => Task.FromResult("/api/v1/traces/facets")),
        ("open", OpenOne),
        ("viewer: newest page", (_, _, _) => Task.FromResult("/api/traces?limit=50")),
        ("viewer: message id", async (platform, random, cancellationToken) =>
            (await MessageId(platform, random, cancellationToken)).Replace("/api/v1/traces?", "/api/search?", StringComparison.Ordinal)),
    ];

    private static Address Of(Func<Random, string> query) => (_, random, _) => Task.FromResult($"/api/v1/traces?{query(random)}");

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];

    /// <summary>The page after a trace from anywhere.</summary>
    private static async Task<string> DeepPage(BenchmarkPlatform platform, Random random, CancellationToken cancellationToken)
    {
        var page = await platform.Api.GetFromJsonAsync<JsonElement>($"/api/v1/traces?limit=1&to={random.Next(1, 29)}d", cancellationToken);
        return $"/api/v1/traces?cursor={page.GetProperty("next_cursor").GetString()}";
    }

    private static async Task<string> MessageId(BenchmarkPlatform platform, Random random, CancellationToken cancellationToken)
    {
        var id = await platform.ScalarAsync<string>(
            $"select message_ids[array_length(message_ids, 1)] from trace_messages where trace_id >= '{await SomeIdAsync(platform, random, cancellationToken)}' order by trace_id limit 1",
            cancellationToken);
        return $"/api/v1/traces?q={id}";
    }

    private static async Task<string> OpenOne(BenchmarkPlatform platform, Random random, CancellationToken cancellationToken) =>
        $"/api/v1/traces/{await SomeIdAsync(platform, random, cancellationToken)}";

    /// <summary>A trace from anywhere: the first that began after a random moment.</summary>
    private static async Task<Guid> SomeIdAsync(BenchmarkPlatform platform, Random random, CancellationToken cancellationToken)
    {
        var back = (SyntheticTraces.Span * (0.01 + (0.98 * random.NextDouble()))).TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return await platform.ScalarAsync<Guid>(
            $"select id from traces where tenant_id = 'home' and started_at > now() - interval '{back} seconds' order by started_at limit 1", cancellationToken);
    }
}
