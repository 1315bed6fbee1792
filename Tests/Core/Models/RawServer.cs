using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Tests.Core.Models;

/// <summary>Answers one request with exactly the given bytes and closes the connection: for answers that no orderly server gives.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task<string> _request;

    private RawServer(byte[] answer)
    {
        _listener.Start();
        BaseAddress = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");
        _request = ServeAsync(answer);
    }

    public Uri BaseAddress { get; }

    /// <summary>The request as it came, head and body.</summary>
    public Task<string> Request => _request;

    /// <param name="body">Sent without a length, so that its end is the connection's.</param>
    /// <param name="head">Status and headers.</param>
    public static RawServer Start(byte[] body, string head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream") =>
        new([.. Encoding.UTF8.GetBytes($"{head}\r\nConnection: close\r\n\r\n"), .. body]);

    /// <inheritdoc cref="Start(byte[], string)"/>
    public static RawServer Start(string body, string head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream") => Start(Encoding.UTF8.GetBytes(body), head);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _request.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task<string> ServeAsync(byte[] answer)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[65536];
        while (!IsWhole(request.ToString()) && await stream.ReadAsync(buffer) is > 0 and var count)
        {
            request.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        await stream.WriteAsync(answer);
        return request.ToString();
    }

    private static bool IsWhole(string request)
    {
        var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var line = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return head >= 0 && line is not null && Encoding.UTF8.GetByteCount(request[(head + 4)..]) >= int.Parse(line[15..], provider: null);
    }
}
