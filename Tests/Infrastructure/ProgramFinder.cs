namespace Platform.Tests.Infrastructure;

/// <summary>Finds programs of the operating system.</summary>
internal static class ProgramFinder
{
    /// <summary>The program's path, or null when it is not installed.</summary>
    /// <param name="name">Its file name.</param>
    /// <param name="firstFolders">Looked into before the folders in PATH.</param>
    public static string? Find(string name, params IEnumerable<string> firstFolders)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return firstFolders.Concat(folders).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <exception cref="InvalidOperationException">The program is not installed; the message names the Debian package.</exception>
    public static string Require(string name, string package, params IEnumerable<string> firstFolders) =>
        Find(name, firstFolders)
        ?? throw new InvalidOperationException($"{name} is not installed: apt-get install {package}, or let ./test do it.");
}
