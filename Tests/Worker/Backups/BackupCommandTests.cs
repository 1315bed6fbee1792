using Platform.Core.Backups;

namespace Platform.Tests.Worker.Backups;

public sealed class BackupCommandTests(LocalPostgres postgres) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("platform-backups-").FullName;
    private TestDatabase database = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await postgres.CreateDatabaseAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task BackupDrillAndRestore_OneAfterTheOther_DoWhatTheySay()
    {
        Assert.Equal((1, true), await RunAsync("There is no backup in", "drill"));
        Assert.Equal((0, true), await RunAsync("-manual.dump", "backup"));
        var file = Assert.Single(BackupFile.In(folder));
        Assert.Equal((0, true), await RunAsync("passed its restore drill", "drill"));
        await database.ExecuteAsync("drop table backups", Token);

        Assert.Equal((1, true), await RunAsync("--yes", "restore", file.Path));
        Assert.Equal((1, true), await RunAsync("is missing", "restore", "/nowhere.dump", "--yes"));
        Assert.Equal((0, true), await RunAsync("was restored", "restore", file.Path, "--yes"));

        Npgsql.NpgsqlConnection.ClearAllPools();
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from backups", Token));
    }

    [Fact]
    public async Task Backup_NoFolderSet_SaysWhichSetting() =>
        Assert.Equal((1, true), await RunInAsync(null, "set BACKUPS_DIR", "backup"));

    private Task<(int Code, bool Said)> RunAsync(string expected, params string[] arguments) => RunInAsync(folder, expected, arguments);

    private async Task<(int Code, bool Said)> RunInAsync(string? into, string expected, params string[] arguments)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings__platformdb"] = database.ConnectionString,
            ["BACKUPS_DIR"] = into,
            ["Backups__ToolsDirectory"] = Path.GetDirectoryName(PostgresBinaries.Path("pg_dump")),
        };
        await using var worker = HostProcess.Start("Worker", settings, arguments);
        var code = await worker.WaitForExitAsync(Token);
        return (code, worker.Log.Contains(expected, StringComparison.Ordinal));
    }
}
