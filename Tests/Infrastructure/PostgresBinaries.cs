using System.Globalization;

namespace Platform.Tests.Infrastructure;

/// <summary>Postgres programs: the newest version of Debian's folders, else PATH.</summary>
internal static class PostgresBinaries
{
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <exception cref="InvalidOperationException">Postgres is not installed.</exception>
    public static string Path(string program) => ProgramFinder.Require(program, "postgresql", DebianFolders());

    private static IEnumerable<string> DebianFolders() =>
        Directory.Exists(DebianFolder)
            ? Directory.EnumerateDirectories(DebianFolder)
                .OrderByDescending(folder => double.TryParse(System.IO.Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => System.IO.Path.Combine(folder, "bin"))
            : [];
}
