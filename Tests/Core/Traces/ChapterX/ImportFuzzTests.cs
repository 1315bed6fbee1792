using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Core.Access;
using Platform.Core.Traces;
using Platform.Core.Traces.Export;
using Platform.Core.Traces.Imports;
using Platform.Core.Traces.Verify;
using Platform.Tests.Core.Traces.Export;

namespace Platform.Tests.Core.Traces.ChapterX;

public sealed class ImportFuzzTests(LocalPostgres postgres)
{
    private const int Seed = 20261121;

    // A run names at most a thousand problems, so that no file may stay unnamed.
    private const int FilesPerRun = 700;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_ThousandsOfDamagedTraces_StoresEachExactlyOrNamesIt()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        var mutations = new TraceMutations(Seed).All().ToArray();
        Assert.True(mutations.Length > 2000, $"{mutations.Length} mutations");

        foreach (var part in mutations.Where(mutation => Repository.IsExtended || mutation.Number % 3 == 0).Chunk(FilesPerRun))
        {
            await AssertImportedAsync(host, database, part, zipped: false);
        }
    }

    [Fact]
    public async Task Import_ZipOfDamagedTraces_StoresEachExactlyOrNamesIt()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);

        await AssertImportedAsync(host, database, [.. new TraceMutations(Seed + 1).All().Where(mutation => mutation.Number % 5 == 0).Take(FilesPerRun)], zipped: true);
    }

    [Fact]
    public async Task Read_WhatWasStoredOfDamagedTraces_IsInOrderAndLeavesInEachFormat()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        await AssertImportedAsync(host, database, [.. new TraceMutations(Seed + 2).All().Where(mutation => mutation.Kind is "type" or "twice" or "deep" or "long-array")], zipped: false);
        using var reading = SampleTraces.BuildHost(database.ConnectionString);
        List<VerifyProblem> problems = [];
        using var json = new MemoryStream();
        using var otlp = new MemoryStream();
        var exporter = reading.Services.GetRequiredService<TraceExporter>();

        await reading.Services.GetRequiredService<TraceVerifier>().VerifyAsync(repair: false, problems.Add, null, Token);
        var count = await exporter.WriteAsync(ExportFormat.Json, Tenant.Home, new TraceFilter(), new ExportOptions(Bodies: true), json, Token);
        await exporter.WriteAsync(ExportFormat.Otlp, Tenant.Home, new TraceFilter(), new ExportOptions(Content: true), otlp, Token);
        await exporter.WriteAsync(ExportFormat.Chapterx, Tenant.Home, new TraceFilter(), new ExportOptions(), Stream.Null, Token);

        Assert.Empty(problems);
        Assert.True(count > 300, $"{count} traces");
        Assert.Equal(count, OtlpReader.Read(otlp.ToArray()).Count(span => span.ParentId is null));
    }

    [Fact]
    public async Task Import_DamagedIndex_ImportsEveryTraceAllTheSame()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        for (var number = 0; number < 20; number++)
        {
            logs.WriteTrace(number);
        }

        var random = new Random(Seed);
        var lines = await File.ReadAllLinesAsync(Path.Combine(Samples.Path("chapterx-logs"), "traces", "index.jsonl"), Token);
        var index = Path.Combine(logs.Root, "traces", "index.jsonl");
        await using (var stream = File.Create(index))
        {
            foreach (var mutation in Lines(lines, random))
            {
                await stream.WriteAsync(mutation, Token);
                stream.WriteByte((byte)'\n');
            }
        }

        var run = await host.ImportFolderAsync(logs.Root, Token);

        Assert.Equal((ImportState.Completed, 20), (run.State, run.TracesImported));
        Assert.Equal(20, await CountAsync(database, "select count(*) from traces"));
    }

    [Fact]
    public async Task Import_AMillionEmptyCallsInOneFile_IsNamed()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        using var logs = new LogsFolder();
        var path = logs.WriteTrace(1, $",\"llmCalls\":[{string.Join(',', Enumerable.Repeat("{}", 1_000_000))}]");

        var run = await host.ImportFolderAsync(logs.Root, Token);

        Assert.Equal(1, run.TracesFailed);
        Assert.Contains(path, run.Problems, StringComparison.Ordinal);
    }

    private static IEnumerable<byte[]> Lines(string[] lines, Random random)
    {
        var tokens = new TraceMutations(Seed).Tokens();
        foreach (var line in lines)
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 20))
            {
                yield return bytes[..length];
            }

            foreach (var key in (string[])["traceId", "timestamp", "botName", "channelId", "channelName", "triggerPreview", "responsePreview", "contextMessageIds", "filename"])
            {
                yield return Encoding.UTF8.GetBytes($"{line[..^1]},\"{key}\":{tokens[random.Next(tokens.Count)]}}}");
            }

            for (var round = 0; round < 20; round++)
            {
                var copy = bytes.ToArray();
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
                yield return copy;
            }
        }

        yield return Encoding.UTF8.GetBytes(new string('[', 10_000));
        yield return Encoding.UTF8.GetBytes($"\"{new string('x', 3_000_000)}\"");
        yield return [0xFF, 0xFE, 0x00];
    }

    private static async Task AssertImportedAsync(ImportHost host, TestDatabase database, TraceMutation[] mutations, bool zipped)
    {
        using var logs = new LogsFolder();
        foreach (var mutation in mutations)
        {
            var file = Path.Combine(logs.Root, mutation.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? logs.Root);
            await File.WriteAllBytesAsync(file, mutation.Bytes, Token);
        }

        var run = zipped
            ? await host.ImportZipAsync(LogsFolder.Zip(logs.Root), Token)
            : await host.ImportFolderAsync(logs.Root, Token);

        Assert.Equal(run.TracesImported + run.TracesPresent > 0 ? ImportState.Completed : ImportState.Failed, run.State);
        Assert.Equal(mutations.Length, run.TracesFound);
        Assert.Equal(mutations.Length, run.TracesImported + run.TracesPresent + run.TracesFailed);
        var named = ImportRuns.ProblemsOf(run).Select(problem => problem.File).ToHashSet();
        var stored = await StoredAsync(database, run.Id);
        Assert.Equal(run.TracesImported, stored.Values.Sum());
        var unnamed = mutations.Where(mutation => !named.Contains(mutation.Path)).GroupBy(Hash).ToDictionary(group => group.Key, group => group.Count());
        Assert.All(stored, one => Assert.True(unnamed.GetValueOrDefault(one.Key) >= one.Value, "A document is stored that no file holds."));
        Assert.Equal(run.TracesFailed, mutations.Count(mutation => named.Contains(mutation.Path)));
    }

    private static async Task<Dictionary<string, int>> StoredAsync(TestDatabase database, Guid run)
    {
        Dictionary<string, int> stored = [];
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            "select d.size_bytes, d.content from traces t join trace_documents d on d.stored_day = t.document_day and d.trace_id = t.id where t.import_run_id = $1", connection)
        {
            Parameters = { new() { Value = run } },
        };
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
        {
            var hash = Convert.ToHexString(SHA256.HashData(CompressedContent.Expand(reader.GetFieldValue<byte[]>(1), reader.GetInt32(0))));
            stored[hash] = stored.GetValueOrDefault(hash) + 1;
        }

        return stored;
    }

    private static string Hash(TraceMutation mutation) => Convert.ToHexString(SHA256.HashData(mutation.Bytes));

    private static async Task<long> CountAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token) is long count ? count : -1;
    }
}
