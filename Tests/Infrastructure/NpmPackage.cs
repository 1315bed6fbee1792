using System.Text.Json;

namespace Platform.Tests.Infrastructure;

/// <summary>
/// A package from npm that tests run. Its version is in a <c>package.json</c> and its <c>package-lock.json</c> among the tests; it is installed once
/// and stays in artifacts/npm.
/// </summary>
/// <param name="name">What npm calls it.</param>
/// <param name="source">The folder of the two files, under Tests.</param>
internal sealed class NpmPackage(string name, params string[] source)
{
    private static readonly SemaphoreSlim Installing = new(1, 1);

    private readonly string _sources = Repository.PathOf(["Tests", .. source]);
    private readonly string _folder = Repository.PathOf("artifacts", "npm", string.Join('-', source).ToLowerInvariant());

    /// <summary>Its folder; installed first where it is missing or of another version.</summary>
    /// <param name="cancellationToken">Ends the installation.</param>
    public async Task<string> FolderAsync(CancellationToken cancellationToken)
    {
        var package = Path.Combine(_folder, "node_modules", name);
        await Installing.WaitAsync(cancellationToken);
        try
        {
            if (!File.Exists(Path.Combine(package, "package.json")) || await VersionAsync(package) != await WantedAsync())
            {
                await InstallAsync(cancellationToken);
            }

            return package;
        }
        finally
        {
            Installing.Release();
        }
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        foreach (var file in (string[])["package.json", "package-lock.json"])
        {
            File.Copy(Path.Combine(_sources, file), Path.Combine(_folder, file), overwrite: true);
        }

        var npm = ProgramFinder.Require("npm", "npm");
        await using var install = ChildProcess.Start("npm ci", npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], workingDirectory: _folder);
        await install.WaitForExitAsync(cancellationToken);
        Assert.True(install.ExitCode == 0, $"npm ci ended with {install.ExitCode}:\n{install.Output}");
    }

    private static async Task<string?> VersionAsync(string package)
    {
        await using var stream = File.OpenRead(Path.Combine(package, "package.json"));
        using var json = await JsonDocument.ParseAsync(stream);
        return json.RootElement.GetProperty("version").GetString();
    }

    private async Task<string?> WantedAsync()
    {
        await using var stream = File.OpenRead(Path.Combine(_sources, "package.json"));
        using var json = await JsonDocument.ParseAsync(stream);
        return json.RootElement.GetProperty("dependencies").GetProperty(name).GetString();
    }
}
