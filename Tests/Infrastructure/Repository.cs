using System.Reflection;

namespace Platform.Tests.Infrastructure;

/// <summary>Where the sources and the built hosts are; Tests.csproj writes both into this assembly.</summary>
public static class Repository
{
    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    /// <summary>The full path of a file or folder in the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The built program of a project, of the configuration that these tests were built in.</summary>
    /// <param name="project">A project's name, such as <c>Api</c>.</param>
    public static string ProgramOf(string project) =>
        Path.Combine(Path.GetFullPath(Metadata("ArtifactsPath")), "bin", project, Metadata("ArtifactsPivots"), $"{project}.dll");

    /// <summary>Whether tests that take a part of many inputs are to take all: <c>PLATFORM_EXTENDED=true</c>, as <c>./test browser</c> and <c>./test fuzz</c> set it.</summary>
    public static bool IsExtended { get; } = Environment.GetEnvironmentVariable("PLATFORM_EXTENDED") == "true";

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(item => item.Key == key)?.Value
        ?? throw new InvalidOperationException($"The test assembly lacks the metadata {key}; Tests.csproj writes it.");
}
