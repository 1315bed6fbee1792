using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Npgsql;

namespace Aspire.Hosting.Postgres;

/// <summary>
/// Runs PostgreSQL from the machine's own programs. As root it runs as the user postgres, since the server refuses root. It listens on
/// the loopback addresses alone, with a password and without a socket file.
/// </summary>
internal sealed class LocalPostgres(PostgresServerResource server) : LocalServer
{
    private const string User = "postgres";

    /// <summary>Only with a password, only from this machine; written at each start.</summary>
    private const string AccessRules = """
        host all all 127.0.0.1/32 scram-sha-256
        host all all ::1/128 scram-sha-256

        """;

    /// <summary>Beside its final place, so that a start that is cut short leaves no half cluster.</summary>
    private const string CreateCluster = """rm -rf new && "$1" -D new -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null && mv new cluster""";

    public override async Task<ProcessCommand> PrepareAsync(LocalServerContext context, CancellationToken cancellationToken)
    {
        var folder = await PrepareFolderAsync(context, cancellationToken);
        var data = Path.Combine(folder, "cluster");
        var versionFile = Path.Combine(data, "PG_VERSION");
        var programs = PostgresPrograms.Find(File.Exists(versionFile) ? (await File.ReadAllTextAsync(versionFile, cancellationToken)).Trim() : null);
        if (!Directory.Exists(data))
        {
            context.Log($"(creating the database cluster in {data})");
            await RunAsync(Command("sh", ["-c", CreateCluster, "sh", programs.InitDb], folder), context.Log, cancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(data, "pg_hba.conf"), AccessRules, cancellationToken);
        await SetPasswordAsync(programs, data, context, cancellationToken);
        var port = context.Port.ToString(CultureInfo.InvariantCulture);
        return Command(programs.Server, ["-D", data, "-p", port, "-c", "listen_addresses=localhost", "-c", "unix_socket_directories=", .. context.Args], data) with
        {
            StopSignal = Signal.Interrupt,
        };
    }

    public override async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Creates the databases of the graph that the server does not have.</summary>
    public override async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        foreach (var database in server.Databases.Values)
        {
            await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = database } } };
            if (await find.ExecuteScalarAsync(cancellationToken) is null)
            {
                var name = database.Replace("\"", "\"\"", StringComparison.Ordinal);
                await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
                await create.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var address = await server.ConnectionStringExpression.GetValueAsync(cancellationToken);
        var connection = new NpgsqlConnection($"{address};Database=postgres;Pooling=false;Timeout=5");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>The folder that is given, or, if the user postgres cannot get to it, one in that user's home, named after it.</summary>
    private static async Task<string> PrepareFolderAsync(LocalServerContext context, CancellationToken cancellationToken)
    {
        await CreateFolderAsync(context.DataDirectory, context.Log, cancellationToken);
        if (await ExitCodeAsync(Command("test", ["-w", context.DataDirectory], "/"), context.Log, cancellationToken) == 0)
        {
            return context.DataDirectory;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context.DataDirectory)))[..8];
        var folder = $"/var/lib/postgresql/platform-{hash}";
        context.Log($"(the user {User} cannot reach {context.DataDirectory}; the data is in {folder})");
        await CreateFolderAsync(folder, context.Log, cancellationToken);
        return folder;
    }

    private static Task CreateFolderAsync(string folder, Action<string> log, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder) ?? "/");
        string[] owner = Environment.IsPrivilegedProcess ? ["-o", User, "-g", User] : [];
        return RunAsync(new ProcessCommand("install", ["-d", "-m", "700", .. owner, folder]) { WorkingDirectory = "/" }, log, cancellationToken);
    }

    /// <summary>The password of this start, whatever the data's was: the server's single-user mode needs none.</summary>
    private async Task SetPasswordAsync(PostgresPrograms programs, string data, LocalServerContext context, CancellationToken cancellationToken)
    {
        var name = (await server.UserNameReference.GetValueAsync(cancellationToken) ?? User).Replace("\"", "\"\"", StringComparison.Ordinal);
        var password = (await server.PasswordParameter.GetValueAsync(cancellationToken) ?? string.Empty).Replace("'", "''", StringComparison.Ordinal);
        var create = name == User ? string.Empty : $"CREATE ROLE \"{name}\"\n";
        var command = Command(programs.Server, ["--single", "-D", data, "-c", "log_min_messages=fatal", "-c", "log_min_error_statement=panic", "postgres"], data) with
        {
            StandardInput = $"{create}ALTER ROLE \"{name}\" SUPERUSER LOGIN PASSWORD '{password}'\n",
        };
        var output = new List<string>();
        if (await ExitCodeAsync(command, output.Add, cancellationToken) != 0)
        {
            output.ForEach(context.Log);
            throw new DistributedApplicationException($"The database cluster in {data} cannot be opened; its words are above.");
        }
    }

    private static ProcessCommand Command(string program, IReadOnlyList<string> args, string folder) =>
        new(program, args) { WorkingDirectory = folder, UserInsteadOfRoot = User };

    private static async Task RunAsync(ProcessCommand command, Action<string> log, CancellationToken cancellationToken)
    {
        var exitCode = await ExitCodeAsync(command, log, cancellationToken);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException($"{command.FileName} ended with exit code {exitCode}; its words are above.");
        }
    }

    private static Task<int> ExitCodeAsync(ProcessCommand command, Action<string> log, CancellationToken cancellationToken) =>
        ChildProcess.Start(command, log).Exited.WaitAsync(cancellationToken);
}
