using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Imports;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Api.Traces.Imports;

public sealed class ImportEndpointsTests(TraceApi api) : IClassFixture<TraceApi>
{
    private const string Import = "/api/v1/traces/import";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/zip")]
    [InlineData("application/octet-stream")]
    public async Task Import_RawBody_AnswersWithTheFinishedRun(string type)
    {
        using var logs = new LogsFolder();
        logs.WriteTrace(type.Length);
        using var content = TraceApi.ZipContent(LogsFolder.Zip(logs.Root, "logs/"), type);

        using var response = await api.Client.PostAsync(Import, content, Token);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var run = await ReadAsync(response);
        Assert.Equal(("completed", 1, 1), (run.State, run.TracesFound, run.TracesImported));
        Assert.Equal($"/api/v1/traces/imports/{run.Id}", response.Headers.Location?.OriginalString);
        Assert.Equal(1, (await api.GetAsync<ImportRunResponse>($"/api/v1/traces/imports/{run.Id}")).TracesImported);
    }

    [Fact]
    public async Task Import_WithoutWaiting_AnswersAtOnceWithARunThatEndsByItself()
    {
        using var logs = new LogsFolder();
        logs.WriteTrace(2000);
        using var content = TraceApi.ZipContent(LogsFolder.Zip(logs.Root));

        using var response = await api.Client.PostAsync($"{Import}?wait=false", content, Token);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var run = await ReadAsync(response);
        Assert.Equal(("upload", 1), (run.Kind, run.TracesTotal));
        await Eventually.TrueAsync(
            async _ => (await api.GetAsync<ImportRunResponse>($"/api/v1/traces/imports/{run.Id}")) is { State: "completed", TracesImported: 1 },
            TimeSpan.FromSeconds(20),
            "the import to end");
        Assert.Contains((await api.GetAsync<ImportRunList>("/api/v1/traces/imports")).Imports, one => one.Id == run.Id);
    }

    [Fact]
    public async Task Import_DocumentThatNestsAsDeepAsIsTaken_CanBeReadAgain()
    {
        using var logs = new LogsFolder();
        logs.WriteTrace(3000, $",\"config\":{string.Concat(Enumerable.Repeat("[", 500))}{new string(']', 500)}");
        using var content = TraceApi.ZipContent(LogsFolder.Zip(logs.Root));

        using var response = await api.Client.PostAsync(Import, content, Token);

        Assert.Equal(1, (await ReadAsync(response)).TracesImported);
        Assert.Equal("00000bb8", (await api.GetAsync<TraceDetail>("/api/v1/traces/00000bb8")).Summary.SourceTraceId);
    }

    [Fact]
    public async Task Import_MultipartField_TakesTheFilesName()
    {
        using var logs = new LogsFolder();
        logs.WriteTrace(1000);
        logs.Write("traces/Marsh Heron/cut.json", "{");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("ignored"), "comment" },
            { TraceApi.ZipContent(LogsFolder.Zip(logs.Root)), "file", "march logs.zip" },
        };

        using var response = await api.Client.PostAsync(Import, form, Token);

        var run = await ReadAsync(response);
        Assert.Equal(("march logs.zip", "completed", 2, 1, 1), (run.Source, run.State, run.TracesFound, run.TracesImported, run.TracesFailed));
        Assert.Equal("traces/Marsh Heron/cut.json", Assert.Single(run.Problems).File);
    }

    [Fact]
    public async Task Import_NameThatIsCutWithinAnEmoji_IsCutBeforeIt()
    {
        using var logs = new LogsFolder();
        logs.WriteTrace(4000);
        var zip = TraceApi.ZipContent(LogsFolder.Zip(logs.Root));
        zip.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=file; filename*=UTF-8''{new string('a', 199)}%F0%9F%90%A6.zip");
        using var form = new MultipartFormDataContent { zip };

        using var response = await api.Client.PostAsync(Import, form, Token);

        Assert.Equal(new string('a', 199), (await ReadAsync(response)).Source);
    }

    [Fact]
    public async Task Import_LargeTrace_IsAnExcerptInTheAnswerAndWholeAsADocument()
    {
        using var logs = new LogsFolder();
        // Text of one character would compress so well that the archive's limits refuse it.
        var noise = new byte[2_250_000];
        new Random(5000).NextBytes(noise);
        var path = logs.WriteTrace(5000, $",\"config\":{{\"text\":\"{Convert.ToBase64String(noise)}\"}},\"outcome\":{{\"success\":true,\"responseText\":\"done\"}}");
        using var content = TraceApi.ZipContent(LogsFolder.Zip(logs.Root));
        using var response = await api.Client.PostAsync(Import, content, Token);
        Assert.Equal(1, (await ReadAsync(response)).TracesImported);
        var original = await File.ReadAllBytesAsync(Path.Combine(logs.Root, path), Token);

        var trace = await api.GetAsync<TraceDetail>("/api/v1/traces/00001388");

        Assert.Equal(original.Length, trace.DocumentSizeBytes);
        Assert.InRange(trace.Document.GetRawText().Length, 60_000, 70_000);
        Assert.Equal("done", trace.Document.GetProperty("outcome").GetProperty("responseText").GetString());
        Assert.Equal(original, await api.Client.GetByteArrayAsync(new Uri("/api/v1/traces/00001388/document", UriKind.Relative), Token));
        Assert.Equal(original, await api.Client.GetByteArrayAsync(new Uri("/api/trace/00001388", UriKind.Relative), Token));
    }

    [Fact]
    public async Task Import_EmptyObjects_AreNoTraces()
    {
        using var logs = new LogsFolder();
        logs.WriteTrace(6000);
        logs.Write("traces/Marsh Heron/12-00001771-2026-03-01T12-00-00-000Z.json", "{}");
        using var content = TraceApi.ZipContent(LogsFolder.Zip(logs.Root));

        using var response = await api.Client.PostAsync(Import, content, Token);

        var run = await ReadAsync(response);
        Assert.Equal((1, 1), (run.TracesImported, run.TracesFailed));
        Assert.Contains("It is not a trace", Assert.Single(run.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NoZip_SaysWhatToSend()
    {
        using var text = TraceApi.ZipContent(new MemoryStream("hello"u8.ToArray()));
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var form = new MultipartFormDataContent { { new StringContent("x"), "other" } };
        using var boundary = new ByteArrayContent("--a"u8.ToArray());
        boundary.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={new string('a', 5000)}");
        using var photos = TraceApi.ZipContent(LogsFolder.Zip(Samples.Path("chapterx-viewer-answers")));

        foreach (var content in (HttpContent[])[text, json, form, boundary, photos])
        {
            using var response = await api.Client.PostAsync(Import, content, Token);
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("/problems/not-a-zip", problem.RootElement.GetProperty("type").GetString());
            Assert.Contains("Send a zip of ChapterX's 'logs' folder", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Import_Refused_LeavesNoTemporaryFile()
    {
        using var text = TraceApi.ZipContent(new MemoryStream("hello"u8.ToArray()));

        using var response = await api.Client.PostAsync(Import, text, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.GetTempPath(), "platform-*.tmp"), file => new FileInfo(file).Length == "hello".Length);
    }

    private static async Task<ImportRunResponse> ReadAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<ImportRunResponse>(WireJson.Options, Token) ?? throw new InvalidOperationException("The import answered null.");
}
