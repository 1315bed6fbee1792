using System.Globalization;
using System.Text;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Worker.Traces;

public sealed class TracesCommandTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_GoodThenDamagedThenMissingFolder_ExitsWith0Then1Then2()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var logs = new LogsFolder();
        logs.WriteTrace(1);

        var good = await RunAsync(database, logs.Root);
        logs.Write("traces/Marsh Heron/cut.json", "{");
        var damaged = await RunAsync(database, logs.Root);
        var missing = await RunAsync(database, logs.Root + "-nowhere");

        Assert.Equal((0, 1, 2), (good.ExitCode, damaged.ExitCode, missing.ExitCode));
        Assert.Contains("1 traces found: 1 imported", good.Log, StringComparison.Ordinal);
        Assert.Contains("traces/Marsh Heron/cut.json: It is not JSON", damaged.Log, StringComparison.Ordinal);
        Assert.Contains("There is no such folder or file", missing.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_FilesOfMillionsOfValuesOrCalls_AreNamedWithinAHeapOf100MiB()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var logs = new LogsFolder();
        // Parsed into one tree, the values alone would take 180 MB.
        var values = logs.WriteTrace(1, $",\"config\":[{new StringBuilder().Insert(0, "1,", 15_000_000)}1]");
        var calls = logs.WriteTrace(2, $",\"llmCalls\":[{new StringBuilder().Insert(0, "{},", 1_000_000)}{{}}]");
        logs.WriteTrace(3);
        logs.WriteTrace(4, $",\"rawDiscordMessages\":[{new StringBuilder().Insert(0, "{\"content\":\"word word word word word\"},", 300_000)}{{}}]");

        var (exitCode, log) = await RunAsync(database, logs.Root, heapBytes: 100 * 1024 * 1024);

        Assert.Equal(1, exitCode);
        Assert.Contains("4 traces found: 2 imported", log, StringComparison.Ordinal);
        Assert.All([values, calls], path => Assert.Contains($"{path}: ", log, StringComparison.Ordinal));
        Assert.Contains("the limit is 25 MiB (Imports:MemoryBytes)", log, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Log)> RunAsync(TestDatabase database, string path, long? heapBytes = null)
    {
        await using var worker = HostProcess.Start(
            "Worker",
            new Dictionary<string, string?>
            {
                ["ConnectionStrings__platformdb"] = database.ConnectionString,
                // The runtime reads it as hexadecimal.
                ["DOTNET_GCHeapHardLimit"] = heapBytes?.ToString("X", CultureInfo.InvariantCulture),
            },
            "traces", "import", path);
        return (await worker.WaitForExitAsync(Token), worker.Log);
    }
}
