using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Tests.Infrastructure;

/// <summary>A throwaway Redis on a free port of 127.0.0.1, with a password and without persistence.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private ChildProcess? _process;

    private RedisServer()
    {
    }

    public int Port { get; } = FreePort.Next();

    /// <summary>In the form that StackExchange.Redis and Aspire use.</summary>
    public string ConnectionString => $"127.0.0.1:{Port},password={_password}";

    /// <summary>What the server wrote since its last start.</summary>
    public string Log => _process?.Output ?? "";

    public static async Task<RedisServer> StartNewAsync(CancellationToken cancellationToken)
    {
        var server = new RedisServer();
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a stopped or killed server, empty, on the port that it had, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        _process = ChildProcess.Start("redis-server", ProgramFinder.Require("redis-server", "redis-server"),
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--requirepass", _password,
            "--save", "", "--appendonly", "no", "--dir", Reaper.Folder, "--daemonize", "no",
        ]);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartPatience);
        while (!await AnswersAsync(timeout.Token))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"Redis ended at start:\n{Log}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), timeout.Token);
        }
    }

    /// <summary>Stops the server; nothing is saved.</summary>
    public async Task StopAsync()
    {
        if (_process is not null)
        {
            await _process.EndAsync(UnixSignal.Terminate, StopPatience);
        }
    }

    /// <summary>Kills the server, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            _process.Signal(UnixSignal.Kill);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Freezes the server: connections stay open and nothing answers.</summary>
    public void Pause() => _process?.Signal(UnixSignal.Stop);

    /// <summary>Ends a <see cref="Pause"/>.</summary>
    public void Resume() => _process?.Signal(UnixSignal.Continue);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            Resume();
            await StopAsync();
            await _process.DisposeAsync();
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {_password}\r\nPING\r\n"), cancellationToken);
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync(cancellationToken) == "+OK" && await reader.ReadLineAsync(cancellationToken) == "+PONG";
        }
        catch (SocketException)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
