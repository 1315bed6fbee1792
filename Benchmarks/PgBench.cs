using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Platform.Benchmarks;

/// <summary>Postgres' own benchmark on the same server: what this machine's disk and processors allow.</summary>
internal sealed partial class PgBench
{
    public const string Description = "pgbench -N -c 16 -j 2, scale 10";

    private readonly string[] _connection;
    private readonly Dictionary<string, string?> _environment;

    private PgBench(PostgresServer server)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString("pgbench"));
        _connection = ["-h", settings.Host ?? "127.0.0.1", "-p", settings.Port.ToString(CultureInfo.InvariantCulture), "-U", settings.Username ?? "", "pgbench"];
        _environment = new Dictionary<string, string?> { ["PGPASSWORD"] = settings.Password };
    }

    public static async Task<PgBench> PrepareAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        await server.ExecuteAsync("create database pgbench", cancellationToken);
        var bench = new PgBench(server);
        await bench.StartAsync(["-i", "-q", "-s", "10"], cancellationToken);
        return bench;
    }

    /// <returns>Transactions a second.</returns>
    public async Task<double> RunAsync(int seconds, CancellationToken cancellationToken)
    {
        var output = await StartAsync(
            ["-N", "-c", "16", "-j", "2", "-T", seconds.ToString(CultureInfo.InvariantCulture)], cancellationToken);
        return Rate().Match(output) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench printed no rate:\n{output}");
    }

    [GeneratedRegex(@"tps = ([0-9.]+) \(without")]
    private static partial Regex Rate();

    private async Task<string> StartAsync(string[] arguments, CancellationToken cancellationToken)
    {
        await using var process = ChildProcess.Start("pgbench", PostgresBinaries.Path("pgbench"), [.. arguments, .. _connection], _environment);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? process.Output : throw new InvalidOperationException($"pgbench failed:\n{process.Output}");
    }
}
