using Platform.Core.Backups;

namespace Platform.Tests.Worker.Backups;

public sealed class BackupCommandTests(LocalPostgres postgres) : IAsyncLifetime
{
    private readonly string _parent = Directory.CreateTempSubdirectory("platform-backups-").FullName;
    private TestDatabase _database = null!; // Set before each test.

    /// <summary>Not there before the first backup.</summary>
    private string Folder => Path.Combine(_parent, "backups");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_parent, recursive: true);
    }

    [Fact]
    public async Task BackupDrillAndRestore_OneAfterTheOther_DoWhatTheySay()
    {
        Assert.Equal((1, true), await RunAsync("There is no backup in", "drill"));
        Assert.Equal((0, true), await RunAsync("-manual.dump", "backup"));
        var file = Assert.Single(BackupFile.In(Folder));
        Assert.Equal("700", FileModes.Of(Folder));
        Assert.All([file.Path, file.ManifestPath], path => Assert.Equal("600", FileModes.Of(path)));
        Assert.Equal((0, true), await RunAsync("passed its restore drill", "drill"));
        await _database.ExecuteAsync("drop table backups", Token);

        // The owner may not end a superuser's sessions, which those of this process are.
        Npgsql.NpgsqlConnection.ClearAllPools();
        Assert.Equal((1, true), await RunAsync("--yes", "restore", file.Path));
        Assert.Equal((1, true), await RunAsync("is missing", "restore", "/nowhere.dump", "--yes"));
        Assert.Equal((0, true), await RunAsync("was restored", "restore", file.Path, "--yes"));

        Npgsql.NpgsqlConnection.ClearAllPools();
        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from backups", Token));
    }

    [Fact]
    public async Task Backup_NoFolderSet_SaysWhichSetting() =>
        Assert.Equal((1, true), await RunInAsync(null, "set BACKUPS_DIR", "backup"));

    private Task<(int Code, bool Said)> RunAsync(string expected, params string[] arguments) => RunInAsync(Folder, expected, arguments);

    private async Task<(int Code, bool Said)> RunInAsync(string? into, string expected, params string[] arguments)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings__platformdb"] = _database.ConnectionString,
            ["BACKUPS_DIR"] = into,
            ["Backups__ToolsDirectory"] = Path.GetDirectoryName(PostgresBinaries.Path("pg_dump")),
        };
        await using var worker = HostProcess.Start("Worker", settings, arguments);
        var code = await worker.WaitForExitAsync(Token);
        return (code, worker.Log.Contains(expected, StringComparison.Ordinal));
    }
}
