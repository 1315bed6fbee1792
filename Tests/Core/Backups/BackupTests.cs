using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Platform.Contracts.Backups;
using Platform.Core.Backups;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Backups;

public sealed class BackupTests(LocalPostgres postgres) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-backups-").FullName;
    private TestDatabase _database = null!; // Set before each test.
    private IHost _host = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BackupMaker Maker => _host.Services.GetRequiredService<BackupMaker>();

    private BackupRestorer Restorer => _host.Services.GetRequiredService<BackupRestorer>();

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-backups" });
        builder.Configuration.AddInMemoryCollection([
            new($"ConnectionStrings:{StorageOptions.ConnectionName}", _database.ConnectionString),
            new("Backups:ToolsDirectory", Path.GetDirectoryName(PostgresBinaries.Path("pg_dump"))),
        ]);
        builder.AddStorage(maxConnections: 4);
        builder.Services.AddBackups();
        builder.Services.AddSingleton(TimeProvider.System);
        _host = builder.Build();
        await _database.ExecuteAsync(
            """
            insert into webhooks (id, tenant_id, kind, origin, url, event_types) select gen_random_uuid(), 'home', 'webhook', 'api', 'http://x/' || n, '{*}' from generate_series(1, 7) n;
            select nextval(sequencename::regclass) from pg_sequences where schemaname = 'public';
            """,
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Try_NumbersWereTakenWhileItWasMade_IsNoDifference()
    {
        using var made = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var taking = Task.Run(
            async () =>
            {
                while (!made.IsCancellationRequested)
                {
                    await _database.ExecuteAsync("select nextval(sequencename::regclass) from pg_sequences where schemaname = 'public'", Token);
                }
            },
            Token);

        var file = await Maker.MakeAsync(_folder, BackupCause.Manual, "1.0.0+abc", Token);
        await made.CancelAsync();
        await taking;

        var manifest = await Restorer.DrillAsync(file, _database.Name, Token);
        Assert.All(manifest.Sequences.Values, value => Assert.True(value >= 1));
    }

    [Fact]
    public async Task Restore_IntoADatabaseThatWentOn_IsAsItWasWhenTheBackupWasMade()
    {
        var file = await Maker.MakeAsync(_folder, BackupCause.Manual, "1.0.0+abc", Token);
        await _database.ExecuteAsync("delete from webhooks where url > 'http://x/3'; drop table backup_drills", Token);

        var manifest = await Restorer.RestoreAsync(file, _database.Name, Token);

        NpgsqlConnection.ClearAllPools();
        Assert.Equal(7, await _database.ScalarAsync<long>("select count(*) from webhooks", Token));
        Assert.Equal(7, manifest.Counts["webhooks"]);
        Assert.Equal("1.0.0+abc", manifest.Version);
        Assert.Contains(manifest.Sequences.Values, value => value > 0);
        Assert.Equal([file.Path, file.ManifestPath], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Restore_DamagedDump_ChangesNothing()
    {
        var file = await Maker.MakeAsync(_folder, BackupCause.Deploy, "1.0.0", Token);
        var bytes = await File.ReadAllBytesAsync(file.Path, Token);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file.Path, bytes, Token);
        await _database.ExecuteAsync("delete from webhooks", Token);

        var exception = await Assert.ThrowsAsync<BackupException>(() => Restorer.RestoreAsync(file, _database.Name, Token));

        Assert.Contains("is damaged", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from webhooks", Token));
    }

    [Fact]
    public async Task Restore_ManifestThatSaysMore_NamesTheDifferenceAndChangesNothing()
    {
        var file = await Maker.MakeAsync(_folder, BackupCause.Manual, "1.0.0", Token);
        var text = await File.ReadAllTextAsync(file.ManifestPath, Token);
        await File.WriteAllTextAsync(file.ManifestPath, text.Replace("\"webhooks\": 7", "\"webhooks\": 8", StringComparison.Ordinal), Token);
        await _database.ExecuteAsync("delete from webhooks", Token);

        var exception = await Assert.ThrowsAsync<BackupException>(() => Restorer.RestoreAsync(file, _database.Name, Token));

        Assert.Contains("webhooks has 7 rows, not 8", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from webhooks", Token));
    }

    [Fact]
    public async Task Drill_OfTheNewest_IsRecordedAndLeavesNoDatabase()
    {
        var drills = _host.Services.GetRequiredService<BackupDrills>();
        var file = await Maker.MakeAsync(_folder, BackupCause.Nightly, "1.0.0", Token);

        Assert.Null(await drills.DrillAsync(file, Token));
        var passed = await _host.Services.GetRequiredService<BackupRecords>().ReadAsync(Token);
        var manifest = await file.VerifyAsync(Token);
        Assert.Equal((null, manifest.Counts.Count, manifest.Counts.Values.Sum()), (passed.NewestDrill?.Problem, passed.NewestDrill?.Tables, passed.NewestDrill?.Rows));
        Assert.Equal(BackupVerdict.Fine, passed.Verdict);
        await File.AppendAllTextAsync(file.Path, "x", Token);
        Assert.Contains("is damaged", await drills.DrillAsync(file, Token), StringComparison.Ordinal);

        var state = await _host.Services.GetRequiredService<BackupRecords>().ReadAsync(Token);
        Assert.Equal(Path.GetFileName(file.Path), state.Newest?.File);
        Assert.Equal(BackupCause.Nightly, state.Newest?.Cause);
        Assert.Contains("is damaged", state.NewestDrill?.Problem, StringComparison.Ordinal);
        Assert.Equal((null, null, BackupVerdict.Unusable), (state.NewestDrill?.Tables, state.NewestDrill?.Rows, state.Verdict));
        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from pg_database where datname like '%\\_drill'", Token));
    }

    [Fact]
    public async Task Make_WithoutTools_SaysWhatToInstallAndLeavesNothing()
    {
        var options = _host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<BackupOptions>>().Value;
        options.ToolsDirectory = "/nowhere";

        var exception = await Assert.ThrowsAsync<BackupException>(() => Maker.MakeAsync(_folder, BackupCause.Manual, "1.0.0", Token));

        Assert.Contains("install postgresql-client", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }
}
