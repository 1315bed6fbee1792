using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Benchmarks.Traces;

namespace Platform.Benchmarks.Pages;

/// <summary>The pages that are measured, each with a way to make its next address.</summary>
internal sealed class PageRequests(BenchmarkPlatform platform, SyntheticTraces traces)
{
    private static readonly string[] SortKeys = ["duration", "input_tokens", "output_tokens", "cost"];

    /// <summary>Lists them: sorted lists only if this build's API sorts.</summary>
    public async Task<IReadOnlyList<(string Name, Func<Random, Task<string>> Next)>> AllAsync(CancellationToken cancellationToken) =>
    [
        ("list, newest", Of(_ => "/traces")),
        ("list, second page", _ => SecondPageAsync(cancellationToken)),
        ("list of a bot", Of(random => $"/traces?bot=bot-{random.Next(SyntheticTraces.Bots)}")),
        ("list of a bot, failed", Of(random => $"/traces?bot=bot-{random.Next(SyntheticTraces.Bots)}&outcome=failed")),
        ("list of a time range", Of(random => $"/traces?from={random.Next(2, 30)}d&to={random.Next(1, 2)}d")),
        .. await SortsAsync(cancellationToken)
            ? SortKeys.Select(key => ($"list by {key}", Of(_ => $"/traces?sort={key}")))
                .Append(("list of a bot by duration", Of(random => $"/traces?sort=duration&bot=bot-{random.Next(SyntheticTraces.Bots)}")))
            : [],
        ("search, frequent word", Of(random => $"/traces?q={traces.Words[random.Next(20)]}")),
        ("search, word of medium frequency", Of(random => $"/traces?q={traces.Words[random.Next(200, 1000)]}")),
        ("search, rare word", Of(random => $"/traces?q={traces.Words[random.Next(10_000, 15_000)]}")),
        ("search, message id", async random => $"/traces?q={await TraceRequests.SomeMessageIdAsync(platform, random, cancellationToken)}"),
        ("trace", async random => $"/traces/{await TraceRequests.SomeIdAsync(platform, random, cancellationToken)}"),
        ("silent activations", Of(_ => "/traces/silence")),
        ("overview", Of(_ => "/")),
        ("bots", Of(_ => "/bots")),
        ("queue", Of(_ => "/queue")),
    ];

    private static Func<Random, Task<string>> Of(Func<Random, string> address) => random => Task.FromResult(address(random));

    private async Task<bool> SortsAsync(CancellationToken cancellationToken)
    {
        using var response = await platform.Api.GetAsync(new Uri("/api/v1/traces?limit=1&sort=unknown", UriKind.Relative), cancellationToken);
        return response.StatusCode is HttpStatusCode.BadRequest;
    }

    private async Task<string> SecondPageAsync(CancellationToken cancellationToken)
    {
        var page = await platform.Api.GetFromJsonAsync<JsonElement>("/api/v1/traces?limit=50", cancellationToken);
        return $"/traces?cursor={Uri.EscapeDataString(page.GetProperty("next_cursor").GetString() ?? "")}";
    }
}
