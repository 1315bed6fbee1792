using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Redis;

/// <summary>Runs Redis from the machine's own program, on the loopback addresses, with a password.</summary>
internal sealed class LocalRedis(RedisResource redis) : LocalServer
{
    private const string Program = "redis-server";

    public override async Task<ProcessCommand> PrepareAsync(LocalServerContext context, CancellationToken cancellationToken)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (!path.Any(folder => File.Exists(Path.Combine(folder, Program))))
        {
            throw new DistributedApplicationException("Redis is not installed: no 'redis-server' on the path (Debian: apt-get install redis-server).");
        }

        var folder = Directory.CreateDirectory(context.DataDirectory).FullName;
        var persistence = redis.Annotations.OfType<RedisPersistenceAnnotation>().LastOrDefault();
        var password = await PasswordAsync(cancellationToken);
        var save = persistence is null ? "\"\"" : $"{persistence.Interval.TotalSeconds} {persistence.KeysChangedThreshold}";
        return new ProcessCommand(Program, ["-"])
        {
            WorkingDirectory = folder,
            StandardInput = string.Create(CultureInfo.InvariantCulture, $"""
                port {context.Port}
                bind 127.0.0.1 -::1
                dir "{folder}"
                save {save}
                requirepass "{password}"

                """),
        };
    }

    /// <summary>AUTH and PING in the inline form of the protocol (redis.io, RESP).</summary>
    public override async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("localhost", redis.PrimaryEndpoint.Port, cancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"AUTH {await PasswordAsync(cancellationToken)}\r\nPING\r\n"), cancellationToken);
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync(cancellationToken) == "+OK" && await reader.ReadLineAsync(cancellationToken) == "+PONG";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    private ValueTask<string?> PasswordAsync(CancellationToken cancellationToken) => redis.PasswordParameter.GetValueAsync(cancellationToken);
}
