using Npgsql;

namespace Platform.Tests.Chaos;

/// <summary>A file system of a few MiB in memory with a tablespace on it, that a test can fill.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Tablespace = "small_disk";
    private const int SizeMiB = 48;

    private readonly PostgresServer _server;
    private readonly TestDatabase _database;
    private readonly string _table;
    private readonly string _folder;

    private SmallDisk(PostgresServer server, TestDatabase database, string table, string folder)
    {
        this._server = server;
        this._database = database;
        this._table = table;
        this._folder = folder;
    }

    /// <summary>Mounts it and moves a table there, with its indexes, until it is disposed.</summary>
    /// <returns>Null where nothing can be mounted.</returns>
    public static async Task<SmallDisk?> MountAsync(
        PostgresServer server, TestDatabase database, string table, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(server.Folder, "small-disk")).FullName;
        if (!Environment.IsPrivilegedProcess
            || !await RunAsync("mount", ["-t", "tmpfs", "-o", $"size={SizeMiB}m,uid=postgres,gid=postgres,mode=0700", "tmpfs", folder], cancellationToken))
        {
            return null;
        }

        await server.ExecuteAsync($"create tablespace {Tablespace} location '{folder}'", cancellationToken);
        var disk = new SmallDisk(server, database, table, folder);
        await disk.MoveAsync(Tablespace, cancellationToken);
        return disk;
    }

    /// <summary>Writes until nothing fits any more.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        await _database.ExecuteAsync(
            $"create table filler (content text not null) tablespace {Tablespace}; alter table filler alter column content set storage external", cancellationToken);
        foreach (var bytes in (int[])[1 << 20, 1 << 16, 7000])
        {
            await FillWithAsync(bytes, cancellationToken);
        }
    }

    public Task EmptyAsync(CancellationToken cancellationToken) => _database.ExecuteAsync("drop table if exists filler", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await EmptyAsync(CancellationToken.None);
        await MoveAsync("pg_default", CancellationToken.None);
        await _server.ExecuteAsync($"drop tablespace if exists {Tablespace}", CancellationToken.None);
        await RunAsync("umount", [_folder], CancellationToken.None);
    }

    private async Task FillWithAsync(int bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await _database.ExecuteAsync($"insert into filler values (repeat('x', {bytes}))", cancellationToken);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DiskFull)
        {
            // That is what was wanted.
        }
    }

    private async Task MoveAsync(string tablespace, CancellationToken cancellationToken)
    {
        var indexes = await _database.ScalarAsync<string[]>(
            $"select array_agg(indexrelid::regclass::text) from pg_index where indrelid = '{_table}'::regclass", cancellationToken) ?? [];
        await _database.ExecuteAsync($"alter table {_table} set tablespace {tablespace}", cancellationToken);
        foreach (var index in indexes)
        {
            await _database.ExecuteAsync($"alter index {index} set tablespace {tablespace}", cancellationToken);
        }
    }

    private static async Task<bool> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        await using var process = ChildProcess.Start(program, program, arguments);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0;
    }
}
