using System.IO.Compression;

namespace Platform.Tests.Eng.Probe;

/// <summary>A copy of the repository's build files with one project, and a feed of empty packages that the NuGet configuration may name.</summary>
internal sealed class ProbeFolder : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <ItemGroup>
            <PackageReference Include="Aspire.Hosting.Redis" />
          </ItemGroup>
        </Project>
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("platform-probe-");

    public ProbeFolder()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Root, "Directory.*").Append(Repository.PathOf("global.json")).Append(Repository.PathOf("BannedSymbols.txt")))
        {
            File.Copy(file, PathOf(Path.GetFileName(file)));
        }

        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("eng"), "*", SearchOption.AllDirectories))
        {
            var copy = PathOf(Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Directory.CreateDirectory(PathOf("Sample"));
        File.WriteAllText(PathOf("Sample", "Sample.csproj"), Project);
        Directory.CreateDirectory(PathOf("feed"));
    }

    public static IEnumerable<string> StandIns =>
        Directory.EnumerateFiles(Repository.PathOf("eng", "standins"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)!);

    /// <summary>The probe's answer, or null if it has not written one.</summary>
    public string? Answer =>
        File.Exists(PathOf("artifacts", "registry.props"))
            ? System.Xml.Linq.XDocument.Load(PathOf("artifacts", "registry.props")).Descendants("UseStandIns").Single().Value
            : null;

    public string PathOf(params string[] parts) => Path.Combine([_root.FullName, .. parts]);

    /// <summary>Makes these the only sources.</summary>
    public void UseSources(params string[] sources)
    {
        var lines = sources.Select((source, index) => $"<add key=\"s{index}\" value=\"{source}\" allowInsecureConnections=\"true\" />");
        File.WriteAllText(PathOf("NuGet.config"), $"<configuration><packageSources><clear />{string.Concat(lines)}</packageSources></configuration>");
    }

    /// <summary>Puts an empty package into the feed.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">Null: the version that Directory.Packages.props asks for.</param>
    public void AddPackage(string id, string? version = null)
    {
        version ??= System.Xml.Linq.XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .Single(item => (string?)item.Attribute("Include") == id).Attribute("Version")!.Value;
        using var package = ZipFile.Open(PathOf("feed", $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using var manifest = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open());
        manifest.Write($"<package><metadata><id>{id}</id><version>{version}</version><authors>test</authors><description>empty</description></metadata></package>");
    }

    /// <summary>Runs dotnet in the folder, away from the machine's package cache.</summary>
    public async Task<(int ExitCode, string Output)> DotnetAsync(params string[] arguments)
    {
        var environment = new Dictionary<string, string?>
        {
            ["NUGET_PACKAGES"] = PathOf("cache"),
            ["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "1",
            ["UseStandIns"] = null,
        };
        await using var dotnet = ChildProcess.Start("dotnet", "dotnet", arguments, environment, _root.FullName);
        await dotnet.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (dotnet.ExitCode, dotnet.Output);
    }

    public Task<(int ExitCode, string Output)> AskAsync(params string[] options) =>
        DotnetAsync(["msbuild", PathOf("Sample", "Sample.csproj"), "-t:AskRegistry", "-nologo", .. options]);

    public void Dispose() => _root.Delete(recursive: true);
}
