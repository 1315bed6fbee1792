using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tests.Web;
using Platform.Tests.Web.Features.Traces;

namespace Platform.Tests.Golden;

/// <summary>The addresses of each host, and how the Api describes its own.</summary>
[Collection(GoldenHostsCollection.Name)]
public sealed class RouteGoldenTests(GoldenHosts hosts)
{
    /// <summary>Prose, and what differs from build to build.</summary>
    private static readonly string[] LeftOut = ["summary", "description", "title", "servers", "info", "tags"];

    /// <summary>A page that moves leaves a redirect.</summary>
    private static readonly string[] Bookmarks =
    [
        "/", "/bots", "/chat", "/dead-letters", "/jobs", "/login", "/outbox", "/queue", "/traces?outcome=failed&bot=ada", "/traces/compare",
        "/traces/import", "/traces/silence", "/traces/t1", "/webhooks",
    ];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Api")]
    [InlineData("Worker")]
    [InlineData("Web")]
    public void Routes_OfAHost_AreAsRecorded(string host) => GoldenFile.CheckSet(
        $"routes-{host.ToLowerInvariant()}.txt",
        from source in hosts.Services[host].GetServices<EndpointDataSource>()
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        // Addresses of static files carry fingerprints of their content.
        where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]
        select $"/{endpoint.RoutePattern.RawText?.TrimStart('/')} {method}");

    [Fact]
    public async Task OpenApi_WithoutProse_IsAsRecorded()
    {
        var document = JsonNode.Parse(await hosts.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Token));

        Assert.Equal("Platform API", (string?)document?["info"]?["title"]);
        Assert.Equal("/", (string?)document?["servers"]?[0]?["url"]);
        GoldenFile.Check("openapi.json", WithoutProse(document, "")?.ToJsonString(Readable) ?? "");
    }

    [Fact]
    public async Task Pages_Bookmarked_AreStillFound()
    {
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", JsonElement.Parse("{}")));
        await using var web = await WebHost.StartAsync(world);
        using var browser = new HttpClient { BaseAddress = web.Address };
        List<string> missing = [];

        foreach (var address in Bookmarks)
        {
            using var response = await browser.GetAsync(new Uri(address, UriKind.Relative), Token);
            missing.AddRange(response.IsSuccessStatusCode ? [] : [$"{address}: {(int)response.StatusCode}"]);
        }

        Assert.Empty(missing);
    }

    /// <summary>Paths and schemas are sorted, since their order follows that of the registrations; properties keep theirs.</summary>
    private static JsonNode? WithoutProse(JsonNode? node, string name) => node switch
    {
        JsonObject members => new JsonObject((name is "paths" or "schemas" ? members.OrderBy(member => member.Key, StringComparer.Ordinal) : members.AsEnumerable())
            .Where(member => name is "properties" || !LeftOut.Contains(member.Key))
            .Select(member => KeyValuePair.Create(member.Key, WithoutProse(member.Value, name is "properties" ? "" : member.Key)))),
        JsonArray items => new JsonArray([.. items.Select(item => WithoutProse(item, ""))]),
        _ => node?.DeepClone(),
    };
}
