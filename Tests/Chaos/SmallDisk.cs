using Npgsql;

namespace Platform.Tests.Chaos;

/// <summary>A file system of a few MiB in memory with a tablespace on it, that a test can fill.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Tablespace = "small_disk";
    private const int SizeMiB = 48;

    private readonly PostgresServer server;
    private readonly string folder;

    private SmallDisk(PostgresServer server, string folder)
    {
        this.server = server;
        this.folder = folder;
    }

    /// <returns>Null where nothing can be mounted.</returns>
    public static async Task<SmallDisk?> MountAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(server.Folder, "small-disk")).FullName;
        if (!Environment.IsPrivilegedProcess
            || !await RunAsync("mount", ["-t", "tmpfs", "-o", $"size={SizeMiB}m,uid=postgres,gid=postgres,mode=0700", "tmpfs", folder], cancellationToken))
        {
            return null;
        }

        await server.ExecuteAsync($"create tablespace {Tablespace} location '{folder}'", cancellationToken);
        return new SmallDisk(server, folder);
    }

    /// <summary>Moves a table and its indexes there.</summary>
    public async Task HoldAsync(TestDatabase database, string table, CancellationToken cancellationToken) =>
        await MoveAsync(database, table, Tablespace, cancellationToken);

    /// <summary>Moves them back.</summary>
    public async Task ReleaseAsync(TestDatabase database, string table, CancellationToken cancellationToken) =>
        await MoveAsync(database, table, "pg_default", cancellationToken);

    /// <summary>Writes until nothing fits any more.</summary>
    public async Task FillAsync(TestDatabase database, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            $"create table filler (content text not null) tablespace {Tablespace}; alter table filler alter column content set storage external", cancellationToken);
        foreach (var bytes in (int[])[1 << 20, 1 << 16, 7000])
        {
            await FillWithAsync(database, bytes, cancellationToken);
        }
    }

    public Task EmptyAsync(TestDatabase database, CancellationToken cancellationToken) => database.ExecuteAsync("drop table filler", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // A tablespace that still holds something must not go; then the mount stays until the machine's end of the process.
        await server.ExecuteAsync($"drop tablespace if exists {Tablespace}", CancellationToken.None);
        await RunAsync("umount", [folder], CancellationToken.None);
    }

    private static async Task FillWithAsync(TestDatabase database, int bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await database.ExecuteAsync($"insert into filler values (repeat('x', {bytes}))", cancellationToken);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DiskFull)
        {
            // That is what was wanted.
        }
    }

    private static async Task MoveAsync(TestDatabase database, string table, string tablespace, CancellationToken cancellationToken)
    {
        var indexes = await database.ScalarAsync<string[]>(
            $"select array_agg(indexrelid::regclass::text) from pg_index where indrelid = '{table}'::regclass", cancellationToken) ?? [];
        await database.ExecuteAsync($"alter table {table} set tablespace {tablespace}", cancellationToken);
        foreach (var index in indexes)
        {
            await database.ExecuteAsync($"alter index {index} set tablespace {tablespace}", cancellationToken);
        }
    }

    private static async Task<bool> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        await using var process = ChildProcess.Start(program, program, arguments);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0;
    }
}
