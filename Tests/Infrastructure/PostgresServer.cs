using System.Security.Cryptography;
using Npgsql;

namespace Platform.Tests.Infrastructure;

/// <summary>
/// A throwaway PostgreSQL cluster on a free port of 127.0.0.1, with its data in the run's temporary folder. Tests that stop,
/// kill or pause Postgres own one; the others share the one of <c>LocalPostgres</c>.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The superuser.</summary>
    internal const string User = "platform";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly string _folder = Path.Combine(Reaper.Folder, $"postgres-{Guid.NewGuid():N}");
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly string[] _settings;
    private ChildProcess? _process;

    private PostgresServer(IEnumerable<string> settings) => _settings = [.. settings.SelectMany(setting => (string[])["-c", setting])];

    public int Port { get; private set; } = FreePort.Next();

    /// <summary>What the server wrote since its last start.</summary>
    public string Log => _process?.Output ?? "";

    /// <summary>The folder that Postgres owns; a test may make room in it for a tablespace.</summary>
    public string Folder => _folder;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Creates a cluster and starts it.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="settings">Such as <c>max_connections=50</c>; they win over those that tests have otherwise.</param>
    public static async Task<PostgresServer> StartNewAsync(CancellationToken cancellationToken, params IEnumerable<string> settings)
    {
        var server = new PostgresServer(settings);
        try
        {
            await server.InitialiseAsync(cancellationToken);
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection string for the server's superuser.</summary>
    public string ConnectionString(string database = "postgres") => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = User,
        Password = _password,
        Timeout = 15,
    }.ConnectionString;

    /// <summary>Starts a stopped or killed server on the port that it had, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        _process = Start("postgres", PostgresBinaries.Path("postgres"),
        [
            "-D", Data, "-p", $"{Port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200",
            "-c", "shared_buffers=64MB",
            // The data need not survive a power cut. synchronous_commit stays on: a commit must survive kill -9 of Postgres.
            "-c", "fsync=off", "-c", "full_page_writes=off", .. _settings,
        ]);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartPatience);
        while (!await AnswersAsync(timeout.Token))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"Postgres ended at start:\n{Log}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), timeout.Token);
        }

        // Idle connections of this process to the server's earlier life would fail at their next use.
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Stops the server cleanly; clients are cut off.</summary>
    public async Task StopAsync()
    {
        if (_process is not null)
        {
            await _process.EndAsync(UnixSignal.Interrupt, StopPatience);
        }
    }

    /// <summary>Stops the server in immediate mode: without a checkpoint, so that the next start recovers from the log.</summary>
    public async Task StopImmediatelyAsync()
    {
        if (_process is not null)
        {
            await _process.EndAsync(UnixSignal.Quit, StopPatience);
        }
    }

    /// <summary>Kills the server and its backends at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            _process.SignalTree(UnixSignal.Kill);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Freezes the server: connections stay open and nothing answers.</summary>
    public void Pause() => _process?.SignalTree(UnixSignal.Stop);

    /// <summary>Ends a <see cref="Pause"/>.</summary>
    public void Resume() => _process?.SignalTree(UnixSignal.Continue);

    /// <summary>Runs one statement as the superuser.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            Resume();
            await StopAsync();
            await _process.DisposeAsync();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static ChildProcess Start(string name, string program, string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? ChildProcess.Start(name, "setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments])
            : ChildProcess.Start(name, program, arguments);

    private async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        var passwordFile = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(passwordFile, _password, cancellationToken);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", ["-R", "postgres:", _folder], cancellationToken);
        }

        await RunAsync(Start("initdb", PostgresBinaries.Path("initdb"),
        [
            "-D", Data, "-U", User, "--pwfile", passwordFile, "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        ]), cancellationToken);
    }

    private static Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken) =>
        RunAsync(ChildProcess.Start(program, program, arguments), cancellationToken);

    private static async Task RunAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        await using (process)
        {
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{process.Name} ended with {process.ExitCode}:\n{process.Output}");
            }
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
