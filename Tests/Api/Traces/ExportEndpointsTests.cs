using System.IO.Compression;
using System.Net;
using System.Text.Json;

namespace Platform.Tests.Api.Traces;

public sealed class ExportEndpointsTests(TraceApi api) : IClassFixture<TraceApi>, IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await api.ImportSamplesAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Export_JsonOfOneBot_IsADownloadOfItsTraces()
    {
        using var response = await api.Client.GetAsync("/api/v1/traces/export?format=json&bot=PlainBot", Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Matches("^traces-[0-9]{8}-[0-9]{6}-json.json$", response.Content.Headers.ContentDisposition?.FileNameStar ?? "");
        using var traces = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(6, traces.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Export_Otlp_HasAResourceATrace()
    {
        using var otlp = JsonDocument.Parse(await api.Client.GetStringAsync("/api/v1/traces/export?format=otlp&content=true", Token));

        Assert.Equal(15, otlp.RootElement.GetProperty("resourceSpans").GetArrayLength());
    }

    [Fact]
    public async Task Export_ChapterX_IsAZipWithTheIndex()
    {
        using var response = await api.Client.GetAsync("/api/v1/traces/export?format=chapterx&bot=PlainBot", Token);

        Assert.Equal("application/zip", response.Content.Headers.ContentType?.MediaType);
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(Token));
        Assert.Equal(6, zip.Entries.Count(entry => entry.FullName.Contains("traces/PlainBot/", StringComparison.Ordinal)));
        Assert.Contains(zip.Entries, entry => entry.FullName.EndsWith("traces/index.jsonl", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("format=xml")]
    [InlineData("format=json&outcome=happy")]
    [InlineData("format=json&from=never")]
    public async Task Export_UnusableQuery_IsAProblem(string query)
    {
        using var response = await api.Client.GetAsync($"/api/v1/traces/export?{query}", Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
