using Platform.Tests.Api.Traces;

namespace Platform.Tests.Golden;

/// <summary>What the Api answers about the sample logs.</summary>
public sealed class ImportGoldenTests(TraceApi api) : IClassFixture<TraceApi>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("list", "/api/v1/traces?outcome=failed&limit=2&count=true")]
    [InlineData("facets", "/api/v1/traces/facets")]
    [InlineData("detail", "/api/v1/traces/5072bd58")]
    [InlineData("diff", "/api/v1/traces/diff?a=ca4c72f4&b=ed0e6f6c")]
    [InlineData("statistics", "/api/v1/statistics?range=24h")]
    [InlineData("silence", "/api/v1/statistics/silence?from=2026-01-01T00:00:00Z")]
    [InlineData("export-otlp", "/api/v1/traces/export?format=otlp&content=true&q=143905188027276083215")]
    [InlineData("export-json", "/api/v1/traces/export?format=json&bodies=true&q=143905188027276083215")]
    [InlineData("viewer-bots", "/api/bots")]
    [InlineData("viewer-channels", "/api/channels?bot=PlainBot")]
    [InlineData("viewer-traces", "/api/traces?limit=5")]
    [InlineData("viewer-search", "/api/search?q=1439009897499852822")]
    public async Task Answer_AboutTheSampleLogs_IsAsRecorded(string name, string path)
    {
        await api.ImportSamplesAsync();

        var answer = await api.Client.GetStringAsync(new Uri(path, UriKind.Relative), Token);

        GoldenFile.Check($"import-{name}.json", GoldenText.OfImport(answer));
    }

    [Fact]
    public async Task Document_OfEveryImport_HasTheBytesOfItsFile()
    {
        await api.ImportSamplesAsync();
        var files = Directory.GetFiles(Path.Combine(Samples.Path("chapterx-logs"), "traces"), "*.json", SearchOption.AllDirectories);
        Assert.NotEmpty(files);

        foreach (var file in files)
        {
            var id = Path.GetFileName(file).Split('-')[1];
            var original = await File.ReadAllBytesAsync(file, Token);
            Assert.Equal(original, await api.Client.GetByteArrayAsync(new Uri($"/api/v1/traces/{id}/document", UriKind.Relative), Token));
            Assert.Equal(original, await api.Client.GetByteArrayAsync(new Uri($"/api/trace/{id}", UriKind.Relative), Token));
        }
    }
}
