using System.Xml.Linq;

namespace Platform.Tests.Eng;

/// <summary>The repository's project files, as paths from its root with forward slashes.</summary>
internal static class ProjectFiles
{
    /// <summary>One project a folder, directly under the root.</summary>
    public static IEnumerable<string> Application() =>
        Directory.EnumerateDirectories(Repository.Root)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'));

    /// <summary>The names of the projects that a project references.</summary>
    public static IReadOnlySet<string> ReferencesOf(string project) =>
        XDocument.Load(Repository.PathOf(project)).Descendants("ProjectReference")
            .Select(item => Path.GetFileNameWithoutExtension((string?)item.Attribute("Include") ?? ""))
            .ToHashSet();
}
