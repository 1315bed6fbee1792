using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;

namespace Platform.Tests.Infrastructure;

/// <summary>
/// The roles of a server's deployment on a cluster of the tests, made by the script that a server runs: hosts connect as roles that may do no more
/// than on a server, so that each test of a host also tests its rights.
/// </summary>
internal static class DatabaseRoles
{
    public const string Owner = "platform_owner";

    public const string Api = "platform_api";

    public const string Worker = "platform_worker";

    public const string Drill = "platform_drill";

    private const string Connection = "ConnectionStrings__platformdb";
    private const string DrillConnection = "ConnectionStrings__drill";

    // One password for all roles of a cluster, by its port.
    private static readonly ConcurrentDictionary<int, string> Passwords = new();

    /// <summary>Makes the roles, and the database's owner one of them. Safe to repeat.</summary>
    /// <exception cref="InvalidOperationException">The script failed; the message holds its output.</exception>
    public static async Task CreateAsync(string superuser, CancellationToken cancellationToken)
    {
        var login = new NpgsqlConnectionStringBuilder(superuser);
        var password = Passwords.GetOrAdd(login.Port, _ => Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        var secrets = Directory.CreateTempSubdirectory("platform-roles-").FullName;
        try
        {
            foreach (var name in (string[])["owner", "api", "worker", "drill"])
            {
                await File.WriteAllTextAsync(Path.Combine(secrets, $"postgres-{name}-password"), password, cancellationToken);
            }

            await using var script = ChildProcess.Start("roles.sh", Repository.PathOf("deploy", "postgres", "roles.sh"), [], new Dictionary<string, string?>
            {
                ["SECRETS"] = secrets,
                ["PSQL"] = PostgresBinaries.Path("psql"),
                ["PGHOST"] = login.Host,
                ["PGPORT"] = $"{login.Port}",
                ["PGUSER"] = login.Username,
                ["PGPASSWORD"] = login.Password,
                ["PGDATABASE"] = login.Database,
            });
            await script.WaitForExitAsync(cancellationToken);
            if (script.ExitCode != 0)
            {
                throw new InvalidOperationException($"roles.sh ended with {script.ExitCode}:\n{script.Output}");
            }
        }
        finally
        {
            Directory.Delete(secrets, recursive: true);
        }
    }

    /// <summary>The connection string of a role, for the same database.</summary>
    /// <param name="superuser">The connection string of the cluster's superuser.</param>
    /// <param name="role">The role; made by <see cref="CreateAsync"/>.</param>
    public static string ConnectionString(string superuser, string role)
    {
        var login = new NpgsqlConnectionStringBuilder(superuser);
        return new NpgsqlConnectionStringBuilder(superuser) { Username = role, Password = Passwords[login.Port] }.ConnectionString;
    }

    /// <summary>Settings by which a host connects as its role. Where the cluster has no roles, and for migrations, whose database may be empty, nothing changes.</summary>
    /// <param name="project">The host's project.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">What it is started with.</param>
    public static IReadOnlyDictionary<string, string?> For(string project, string[] arguments, IReadOnlyDictionary<string, string?> settings)
    {
        var changed = new Dictionary<string, string?>();
        if (arguments is not ["migrate", ..]
            && settings.TryGetValue(Connection, out var text) && text is not null
            && new NpgsqlConnectionStringBuilder(text) is { Username: PostgresServer.User } login
            && Passwords.ContainsKey(login.Port))
        {
            changed[Connection] = ConnectionString(text, arguments is ["restore", ..] ? Owner : project == "Worker" ? Worker : Api);
            if (project == "Worker")
            {
                changed[DrillConnection] = ConnectionString(text, Drill);
            }
        }

        return changed;
    }
}
