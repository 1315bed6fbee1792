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
    private readonly string folder = Directory.CreateTempSubdirectory("platform-backups-").FullName;
    private TestDatabase database = null!; // Set before each test.
    private IHost host = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BackupMaker Maker => host.Services.GetRequiredService<BackupMaker>();

    private BackupRestorer Restorer => host.Services.GetRequiredService<BackupRestorer>();

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync(Token);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-backups" });
        builder.Configuration.AddInMemoryCollection([
            new($"ConnectionStrings:{StorageOptions.ConnectionName}", database.ConnectionString),
            new("Backups:ToolsDirectory", Path.GetDirectoryName(PostgresBinaries.Path("pg_dump"))),
        ]);
        builder.AddStorage(maxConnections: 4);
        builder.Services.AddBackups();
        builder.Services.AddSingleton(TimeProvider.System);
        host = builder.Build();
        await database.ExecuteAsync(
            """
            insert into webhooks (id, tenant_id, kind, origin, url, event_types) select gen_random_uuid(), 'home', 'webhook', 'api', 'http://x/' || n, '{*}' from generate_series(1, 7) n;
            select nextval(sequencename::regclass) from pg_sequences where schemaname = 'public';
            """,
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        host.Dispose();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
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
                    await database.ExecuteAsync("select nextval(sequencename::regclass) from pg_sequences where schemaname = 'public'", Token);
                }
            },
            Token);

        var file = await Maker.MakeAsync(folder, BackupCause.Manual, "1.0.0+abc", Token);
        await made.CancelAsync();
        await taking;

        var manifest = await Restorer.DrillAsync(file, database.Name, Token);
        Assert.All(manifest.Sequences.Values, value => Assert.True(value >= 1));
    }

    [Fact]
    public async Task Restore_IntoADatabaseThatWentOn_IsAsItWasWhenTheBackupWasMade()
    {
        var file = await Maker.MakeAsync(folder, BackupCause.Manual, "1.0.0+abc", Token);
        await database.ExecuteAsync("delete from webhooks where url > 'http://x/3'; drop table backup_drills", Token);

        var manifest = await Restorer.RestoreAsync(file, database.Name, Token);

        NpgsqlConnection.ClearAllPools();
        Assert.Equal(7, await database.ScalarAsync<long>("select count(*) from webhooks", Token));
        Assert.Equal(7, manifest.Counts["webhooks"]);
        Assert.Equal("1.0.0+abc", manifest.Version);
        Assert.Contains(manifest.Sequences.Values, value => value > 0);
        Assert.Equal([file.Path, file.ManifestPath], Directory.GetFiles(folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Restore_DamagedDump_ChangesNothing()
    {
        var file = await Maker.MakeAsync(folder, BackupCause.Deploy, "1.0.0", Token);
        var bytes = await File.ReadAllBytesAsync(file.Path, Token);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file.Path, bytes, Token);
        await database.ExecuteAsync("delete from webhooks", Token);

        var exception = await Assert.ThrowsAsync<BackupException>(() => Restorer.RestoreAsync(file, database.Name, Token));

        Assert.Contains("is damaged", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from webhooks", Token));
    }

    [Fact]
    public async Task Restore_ManifestThatSaysMore_NamesTheDifferenceAndChangesNothing()
    {
        var file = await Maker.MakeAsync(folder, BackupCause.Manual, "1.0.0", Token);
        var text = await File.ReadAllTextAsync(file.ManifestPath, Token);
        await File.WriteAllTextAsync(file.ManifestPath, text.Replace("\"webhooks\": 7", "\"webhooks\": 8", StringComparison.Ordinal), Token);
        await database.ExecuteAsync("delete from webhooks", Token);

        var exception = await Assert.ThrowsAsync<BackupException>(() => Restorer.RestoreAsync(file, database.Name, Token));

        Assert.Contains("webhooks has 7 rows, not 8", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from webhooks", Token));
    }

    [Fact]
    public async Task Drill_OfTheNewest_IsRecordedAndLeavesNoDatabase()
    {
        var drills = host.Services.GetRequiredService<BackupDrills>();
        var file = await Maker.MakeAsync(folder, BackupCause.Nightly, "1.0.0", Token);

        Assert.Null(await drills.DrillAsync(file, Token));
        var passed = await host.Services.GetRequiredService<BackupRecords>().ReadAsync(Token);
        var manifest = await file.VerifyAsync(Token);
        Assert.Equal((null, manifest.Counts.Count, manifest.Counts.Values.Sum()), (passed.NewestDrill?.Problem, passed.NewestDrill?.Tables, passed.NewestDrill?.Rows));
        Assert.Equal(BackupVerdict.Fine, passed.Verdict);
        await File.AppendAllTextAsync(file.Path, "x", Token);
        Assert.Contains("is damaged", await drills.DrillAsync(file, Token), StringComparison.Ordinal);

        var state = await host.Services.GetRequiredService<BackupRecords>().ReadAsync(Token);
        Assert.Equal(Path.GetFileName(file.Path), state.Newest?.File);
        Assert.Equal(BackupCause.Nightly, state.Newest?.Cause);
        Assert.Contains("is damaged", state.NewestDrill?.Problem, StringComparison.Ordinal);
        Assert.Equal((null, null, BackupVerdict.Unusable), (state.NewestDrill?.Tables, state.NewestDrill?.Rows, state.Verdict));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from pg_database where datname like '%\\_drill'", Token));
    }

    [Fact]
    public async Task Make_WithoutTools_SaysWhatToInstallAndLeavesNothing()
    {
        var options = host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<BackupOptions>>().Value;
        options.ToolsDirectory = "/nowhere";

        var exception = await Assert.ThrowsAsync<BackupException>(() => Maker.MakeAsync(folder, BackupCause.Manual, "1.0.0", Token));

        Assert.Contains("install postgresql-client", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }
}
