using System.Globalization;

namespace Aspire.Hosting.Postgres;

/// <summary>The folder with postgres and initdb of one version.</summary>
/// <param name="Folder">The folder.</param>
internal sealed record PostgresPrograms(string Folder)
{
    private const string Debian = "/usr/lib/postgresql";

    public string Server => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>The programs that fit the data's version if there is data, else the newest of the distribution's, else those on the path.</summary>
    /// <param name="dataVersion">The major version that made the data, or null if there is none.</param>
    /// <exception cref="DistributedApplicationException">There are none that fit.</exception>
    public static PostgresPrograms Find(string? dataVersion)
    {
        if (dataVersion is not null)
        {
            var exact = Candidates().FirstOrDefault(candidate => candidate.Folder == Path.Combine(Debian, dataVersion, "bin"));
            if (exact is not null)
            {
                return exact;
            }
        }

        return Candidates().FirstOrDefault()
            ?? throw new DistributedApplicationException("PostgreSQL is not installed: no 'postgres' in /usr/lib/postgresql/*/bin or on the path (Debian: apt-get install postgresql).");
    }

    private static IEnumerable<PostgresPrograms> Candidates()
    {
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return versions
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .Select(folder => new PostgresPrograms(folder))
            .Where(programs => File.Exists(programs.Server) && File.Exists(programs.InitDb));
    }
}
