using System.IO.Compression;
using System.Text;
using Platform.Core.Access;
using Platform.Core.Traces;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Core.Traces.Export;

public sealed class ChapterXExporterTests(LocalPostgres postgres) : IAsyncLifetime
{
    private readonly LogsFolder _logs = new();
    private TestDatabase? _database;
    private ImportHost? _host;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    private ImportHost Host => _host ?? throw new InvalidOperationException("The host is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _host = new ImportHost(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        _logs.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task WriteAsync_SampleFolder_GivesEveryFileBackByteForByte()
    {
        var folder = Samples.Path("chapterx-logs");
        await Host.ImportFolderAsync(folder, Token);

        var exported = await ExportAsync(new TraceFilter());

        await AssertSameAsync(folder, exported);
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from trace_documents where index_line is not null or source_path is not null", Token));
    }

    [Fact]
    public async Task WriteAsync_SampleFolderThatCameAsAZip_GivesEveryFileBackByteForByte()
    {
        var folder = Samples.Path("chapterx-logs");
        using var zip = LogsFolder.Zip(folder, "backup/logs/");
        await Host.ImportZipAsync(zip, Token);

        await AssertSameAsync(folder, await ExportAsync(new TraceFilter()));
    }

    [Fact]
    public async Task WriteAsync_FilesAndLinesThatAreNotAsChapterXWritesThem_AreWrittenAsTheyWere()
    {
        _logs.WriteTrace(2, ""","activation":{"reason":"timer","triggerEvents":[{"contentPreview":"quack \ud83e"}]}""");
        _logs.WriteTrace(1, bot: "");
        _logs.Write("traces/Marsh Heron/renamed by hand.json", """{"traceId":"00000003","timestamp":"2026-03-01T12:00:00.003Z","botId":"Marsh Heron","channelId":"1"}""");
        _logs.Write("traces/index.jsonl", """
            {"traceId":"00000002","timestamp":"2026-03-01T12:00:00.002Z","triggerPreview":"quack \ud83e","old":true}
            {"timestamp" : "2026-03-01T12:00:00.001Z", "traceId" : "00000001"}
            {"traceId":"00000003","timestamp":"2026-03-01T12:00:00.003Z","channelName":"réeds / \u0007"}

            """);
        await Host.ImportFolderAsync(_logs.Root, Token);

        await AssertSameAsync(_logs.Root, await ExportAsync(new TraceFilter()));
    }

    [Fact]
    public async Task WriteAsync_OneBot_WritesItsTracesAndLinesOnly()
    {
        await Host.ImportFolderAsync(Samples.Path("chapterx-logs"), Token);

        var exported = await ExportAsync(TestFilter.Of("bot=PlainBot"));

        Assert.Equal(6, exported.Keys.Count(path => path.StartsWith("traces/PlainBot/", StringComparison.Ordinal)));
        Assert.DoesNotContain(exported.Keys, path => path.Contains("Sonnet", StringComparison.Ordinal));
        Assert.Equal(6, Encoding.UTF8.GetString(exported["traces/index.jsonl"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("streaming/PlainBot/2026-11-21.jsonl", exported.Keys);
    }

    [Fact]
    public async Task WriteAsync_SamePathFromTwoFolders_KeepsBoth()
    {
        using var other = new LogsFolder();
        _logs.Write("traces/Marsh Heron/trace.json", """{"traceId":"00000001","timestamp":"2026-03-01T12:00:00.001Z","botId":"Marsh Heron","channelId":"1"}""");
        other.Write("traces/Marsh Heron/trace.json", """{"traceId":"00000002","timestamp":"2026-03-01T12:00:00.002Z","botId":"Marsh Heron","channelId":"1"}""");
        await Host.ImportFolderAsync(_logs.Root, Token);
        await Host.ImportFolderAsync(other.Root, Token);

        var exported = await ExportAsync(new TraceFilter());

        Assert.Equal(2, exported.Keys.Count(path => path.StartsWith("traces/Marsh Heron/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WriteAsync_OwnTrace_IsLaidOutAndIndexedAsChapterXDoes()
    {
        var document = CompressedContent.Of("""{"traceId":"t","timestamp":"2026-03-01T12:00:00Z","channelId":"c","botId":"heron","llmCalls":[],"outcome":{"success":true,"sentMessageIds":["m"]}}"""u8);
        await Database.ExecuteAsync(
            $"""
            insert into traces (id, tenant_id, source, source_trace_id, bot, channel_id, reason, outcome, started_at, document_day, tokens_in)
            values ('00000000-0000-7000-8000-000000000001', 'home', 'native', 't', 'heron', 'c', 'mention', 'answered', '2026-03-01T12:00:00Z', current_date, 7);
            insert into trace_documents (stored_day, trace_id, size_bytes, sha256, content)
            values (current_date, '00000000-0000-7000-8000-000000000001', {document.SizeBytes}, '\x{Convert.ToHexString(document.Sha256)}', '\x{Convert.ToHexString(document.Content)}')
            """,
            Token);

        var exported = await ExportAsync(new TraceFilter());

        Assert.Contains("traces/heron/c-t-2026-03-01T12-00-00-000Z.json", exported.Keys);
        Assert.Equal(
            """{"traceId":"t","timestamp":"2026-03-01T12:00:00Z","channelId":"c","botName":"heron","success":true,"llmCallCount":0,"toolExecutionCount":0,"totalTokens":7,"contextMessageIds":[],"sentMessageIds":["m"],"filename":"c-t-2026-03-01T12-00-00-000Z.json"}""" + "\n",
            Encoding.UTF8.GetString(exported["traces/index.jsonl"]));
    }

    [Fact]
    public async Task WriteAsync_NothingFits_WritesAnEmptyArchive() => Assert.Empty(await ExportAsync(new TraceFilter()));

    /// <summary>Every file of the folder is in the archive and nothing else; all kinds of files that the samples have are imported.</summary>
    private static async Task AssertSameAsync(string folder, Dictionary<string, byte[]> exported)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), file => file);
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), exported.Keys.Order(StringComparer.Ordinal));
        foreach (var (path, file) in files)
        {
            Assert.True((await File.ReadAllBytesAsync(file, Token)).AsSpan().SequenceEqual(exported[path]), $"{path} differs:\n{Encoding.UTF8.GetString(exported[path])}");
        }
    }

    private async Task<Dictionary<string, byte[]>> ExportAsync(TraceFilter filter)
    {
        using var bytes = new MemoryStream();
        await using (var zip = new AsynchronousStream(bytes))
        {
            await Host.ChapterXExporter.WriteAsync(Tenant.Home, filter, zip, Token);
        }

        using var archive = new ZipArchive(bytes, ZipArchiveMode.Read);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = entry.Open();
            await stream.CopyToAsync(content, Token);
            files.Add(entry.FullName, content.ToArray());
        }

        return files;
    }
}
