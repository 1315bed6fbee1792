using System.IO.Compression;
using System.Text;
using Platform.Core.Traces;
using Platform.Core.Traces.ChapterX;
using Platform.Core.Traces.Imports;

namespace Platform.Tests.Core.Traces.ChapterX;

public sealed class HostileImportTests(LocalPostgres postgres)
{
    private const long Memory = 64 * 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("traces/index.jsonl")]
    [InlineData("streaming/Marsh Heron/2026-03-01.jsonl")]
    public async Task Import_ZipWhoseLinesCannotBeUnpacked_TakesTheTracesAndNamesTheFile(string damaged)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        logs.WriteTrace(1);
        logs.Write(damaged, string.Concat(Enumerable.Repeat("{\"traceId\":\"00000001\"}\n", 100)));

        var run = await host.ImportZipAsync(Damaged(LogsFolder.Zip(logs.Root), damaged), Token);

        Assert.Equal((ImportState.Completed, 1), (run.State, run.TracesImported));
        Assert.Equal(damaged, Assert.Single(ImportRuns.ProblemsOf(run)).File);
    }

    [Fact]
    public async Task Import_NameWithNul_IsNamedAndTheRestGoesIn()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        logs.WriteTrace(1);
        var zip = LogsFolder.Zip(logs.Root);
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.CreateEntry("traces/a\0b/1.json");
        }

        zip.Position = 0;
        var run = await host.ImportZipAsync(zip, Token);

        Assert.Equal((ImportState.Completed, 1), (run.State, run.TracesImported));
        Assert.Equal("traces/a\uFFFDb/1.json", Assert.Single(ImportRuns.ProblemsOf(run)).File);
    }

    [Theory]
    [InlineData("botId")]
    [InlineData("traceId")]
    [InlineData("channelId")]
    public async Task Import_KeyOfAMillionLetters_NamesTheTraceAndTheKey(string key)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        var path = logs.WriteTrace(1, $",\"{key}\":\"{new string('x', 1_000_000)}\"");
        logs.WriteTrace(2);

        var run = await host.ImportFolderAsync(logs.Root, Token);

        Assert.Equal((1, 1), (run.TracesImported, run.TracesFailed));
        var problem = Assert.Single(ImportRuns.ProblemsOf(run));
        Assert.Equal(path, problem.File);
        Assert.Contains($"{key} has 1000000 characters", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(250_000, "1")]
    [InlineData(150_000, "\"a text\"")]
    public async Task Import_FileThatNeedsMoreMemoryThanTheLimit_IsNamedAndTheOthersAreImported(int values, string value)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString, memoryBytes: 20 * 1024 * 1024);
        using var logs = new LogsFolder();
        var path = logs.WriteTrace(1, $",\"activation\":{{\"values\":[{new StringBuilder().Insert(0, value + ",", values)}{value}]}}");
        logs.WriteTrace(2);

        var run = await host.ImportFolderAsync(logs.Root, Token);

        Assert.Equal((1, 1), (run.TracesImported, run.TracesFailed));
        var problem = Assert.Single(ImportRuns.ProblemsOf(run));
        Assert.Equal(path, problem.File);
        Assert.EndsWith("the limit is 20 MiB (Imports:MemoryBytes).", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_LargeFileWithALongList_NamesTheBoundThatItExceeds()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString, memoryBytes: Memory);
        using var logs = new LogsFolder();
        logs.WriteTrace(1, $",\"extra\":[{new StringBuilder().Insert(0, "{},", 400_000)}{{}}]");

        var run = await host.ImportFolderAsync(logs.Root, Token);

        Assert.Equal("One of its lists has more than 250000 entries, which is the limit.", Assert.Single(ImportRuns.ProblemsOf(run)).Message);
    }

    [Fact]
    public async Task Import_NamesOfAMillionLetters_AreCutInTheListAndWholeInTheDocument()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        var name = new string('x', 1_000_000);
        logs.WriteTrace(1, $$"""
            ,"parentChannelId":"{{name}}","guildId":"{{name}}","llmCalls":[{"model":"{{name}}","error":{"code":"{{name}}","message":"m"} }],"outcome":{"success":false}
            """);
        logs.Write("traces/index.jsonl", $"{{\"traceId\":\"00000001\",\"timestamp\":\"2026-03-01T12:00:00.001Z\",\"channelId\":\"{LogsFolder.ChannelId}\",\"channelName\":\"{new string('x', 900_000)}\"}}\n");

        var run = await host.ImportFolderAsync(logs.Root, Token);

        Assert.Equal(1, run.TracesImported);
        var trace = Assert.Single(await host.TracesAsync(Token));
        string?[] names = [trace.ParentChannelId, trace.GuildId, trace.Model, trace.ErrorCode, trace.ChannelName];
        Assert.All(names, text => Assert.InRange(text?.Length ?? 0, 1, 500));
        Assert.True((await host.Reader.DocumentAsync(trace, Token))?.Length > 4_000_000);
    }

    [Fact]
    public async Task Import_ReferencesOfAMillionLetters_AreNamedInShort()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        var refs = Enumerable.Range(0, 20).Select(number => $"\"{number}/{new string('x', 1_000_000)}\"");
        logs.WriteTrace(1, $",\"llmCalls\":[{{\"requestBodyRefs\":[{string.Join(',', refs)}]}}]");

        var run = await host.ImportFolderAsync(logs.Root, Token);

        Assert.Equal(1, run.TracesImported);
        Assert.Equal(20, run.BodiesMissing);
        Assert.InRange(run.Problems.Length, 100, 50_000);
    }

    [Fact]
    public async Task Import_TensOfThousandsOfStreamLinesForOneTrace_IsNamed()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        var path = logs.WriteTrace(1);
        logs.WriteTrace(2);
        logs.Write("streaming/Marsh Heron/2026-03-01.jsonl", new StringBuilder().Insert(0, "{\"traceId\":\"00000001\"}\n", 20_000).ToString());

        var run = await host.ImportFolderAsync(logs.Root, Token);

        Assert.Equal((1, 1), (run.TracesImported, run.TracesFailed));
        Assert.Equal(path, Assert.Single(ImportRuns.ProblemsOf(run)).File);
    }

    [Theory]
    [InlineData("\"llmCalls\":[{\"requestBodyRefs\":[@20000]}]", "raw bodies")]
    [InlineData("\"outcome\":{\"sentMessageIds\":[@200000]}", "messages")]
    public async Task Import_MoreThanAnyTraceHas_IsNamed(string members, string what)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        var at = members.IndexOf('@', StringComparison.Ordinal);
        var count = int.Parse(members[(at + 1)..members.IndexOf(']', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
        logs.WriteTrace(1, $",{members.Replace($"@{count}", string.Join(',', Enumerable.Repeat("\"1\"", count)), StringComparison.Ordinal)}");

        var run = await host.ImportFolderAsync(logs.Root, Token);

        Assert.Equal(1, run.TracesFailed);
        Assert.Contains($"{count} {what}", Assert.Single(ImportRuns.ProblemsOf(run)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_FilesOfThousandsOfEmptyCalls_AreStoredAFewAtATime()
    {
        using var logs = new LogsFolder();
        var calls = string.Join(',', Enumerable.Repeat("{}", 5000));
        for (var number = 0; number < 50; number++)
        {
            logs.WriteTrace(number, $",\"llmCalls\":[{calls}]");
        }

        using var tree = LogTrees.OpenPath(logs.Root).Tree;
        Assert.NotNull(tree);
        var parsedAhead = 0;
        using var batches = new TraceBatches(tree, new TraceFileParser("home", Guid.Empty, new LogIndex(tree, Memory), new StreamLines(tree, Memory)), new ImportMemory(Memory), (_, _) => Interlocked.Decrement(ref parsedAhead));
        var parsing = batches.ParseAsync(tree.TraceFiles().Select(file => (Interlocked.Increment(ref parsedAhead), file).file), Token);

        await foreach (var batch in batches.ReadAsync(Token))
        {
            Assert.InRange(batch.Count, 1, 10);
            Assert.InRange(Volatile.Read(ref parsedAhead), 0, 30);
        }

        await parsing;
    }

    [Fact]
    public async Task Import_EmptyNames_AreThoseOfFolderAndFile()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        logs.WriteTrace(1, ",\"botId\":\"\",\"channelId\":\"\",\"traceId\":\"\"");

        await host.ImportFolderAsync(logs.Root, Token);

        var trace = Assert.Single(await host.TracesAsync(Token));
        Assert.Equal((LogsFolder.Bot, LogsFolder.ChannelId, "00000001"), (trace.Bot, trace.ChannelId, trace.SourceTraceId));
    }

    [Fact]
    public async Task Import_MessageIdOfAMillionLetters_GoesIn()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        logs.WriteTrace(1, $",\"outcome\":{{\"success\":true,\"sentMessageIds\":[\"{Noise(1_000_000)}\",\"12\"]}}");

        var run = await host.ImportFolderAsync(logs.Root, Token);

        Assert.Equal((1, "[]"), (run.TracesImported, run.Problems));
    }

    [Fact]
    public async Task Import_TimestampWithoutADate_IsNotTakenForToday()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        logs.WriteTrace(1, ",\"timestamp\":\"12:30\"");
        logs.WriteTrace(2, ",\"timestamp\":3.7");

        await host.ImportFolderAsync(logs.Root, Token);

        Assert.All(await host.TracesAsync(Token), trace => Assert.Equal(new DateOnly(2026, 3, 1), DateOnly.FromDateTime(trace.StartedAt.UtcDateTime)));
    }

    [Fact]
    public async Task Import_BotNamedWithAColon_GoesOutAndComesInAgain()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await using var second = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var other = new ImportHost(second.ConnectionString);
        using var logs = new LogsFolder();
        logs.WriteTrace(1, ",\"botId\":\"Re:Heron\"", "Re:Heron");
        using var zip = new MemoryStream();

        await host.ImportFolderAsync(logs.Root, Token);
        await host.ChapterXExporter.WriteAsync(Platform.Core.Access.Tenant.Home, new TraceFilter(), zip, Token);
        var run = await other.ImportZipAsync(new MemoryStream(zip.ToArray()), Token);

        Assert.Equal("[]", run.Problems);
        Assert.Equal("Re:Heron", Assert.Single(await other.TracesAsync(Token)).Bot);
    }

    private static string Noise(int length)
    {
        var bytes = new byte[length / 2];
        new Random(4).NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }

    /// <summary>Spoils the compressed bytes of a file, so that it unpacks to nothing.</summary>
    private static MemoryStream Damaged(MemoryStream zip, string name)
    {
        var bytes = zip.ToArray();
        var data = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) + name.Length;
        bytes.AsSpan(data, 8).Fill(0xFF); // A block of a kind that does not exist.
        return new MemoryStream(bytes);
    }
}
