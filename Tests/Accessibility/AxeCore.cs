using System.Text.Json;
using Microsoft.Playwright;

namespace Platform.Tests.Accessibility;

/// <summary>axe-core from npm, run inside pages; its version is in <c>package-lock.json</c> beside this file.</summary>
internal static class AxeCore
{
    private const string Run =
        """
        async (rules) => (await axe.run(document, { resultTypes: ["violations"], ...(rules ? { runOnly: rules } : {}) })).violations
            .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
            .map((violation) => `${violation.id} (${violation.impact}): ${violation.help}: `
                + violation.nodes.slice(0, 5).map((node) => `${node.target.join(" ")} [${node.any.map((check) => check.message).join("; ")}]`).join(" | "))
        """;

    private static readonly string Folder = Repository.PathOf("artifacts", "npm", "accessibility");

    private static readonly SemaphoreSlim Installing = new(1, 1);

    /// <summary>Looks for serious and critical violations in the page as it is shown now.</summary>
    /// <param name="page">Where scripts may be evaluated.</param>
    /// <param name="rules">Names of the only rules to look at; none for all.</param>
    /// <param name="cancellationToken">Ends the installation.</param>
    /// <returns>One line a violation.</returns>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page, IReadOnlyList<string> rules, CancellationToken cancellationToken)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(await File.ReadAllTextAsync(await InstalledAsync(cancellationToken), cancellationToken));
        }

        return await page.EvaluateAsync<string[]>(Run, rules.Count == 0 ? null : rules);
    }

    private static async Task<string> InstalledAsync(CancellationToken cancellationToken)
    {
        var script = Path.Combine(Folder, "node_modules", "axe-core", "axe.min.js");
        await Installing.WaitAsync(cancellationToken);
        try
        {
            if (!File.Exists(script) || await VersionAsync("node_modules/axe-core/package.json") != await WantedAsync())
            {
                await InstallAsync(cancellationToken);
            }

            return script;
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task InstallAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        foreach (var file in (string[])["package.json", "package-lock.json"])
        {
            File.Copy(Repository.PathOf("Tests", "Accessibility", file), Path.Combine(Folder, file), overwrite: true);
        }

        var npm = ProgramFinder.Require("npm", "npm");
        await using var install = ChildProcess.Start("npm ci", npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], workingDirectory: Folder);
        await install.WaitForExitAsync(cancellationToken);
        Assert.True(install.ExitCode == 0, $"npm ci ended with {install.ExitCode}:\n{install.Output}");
    }

    private static async Task<string?> VersionAsync(string file)
    {
        await using var stream = File.OpenRead(Path.Combine(Folder, file));
        using var package = await JsonDocument.ParseAsync(stream);
        return package.RootElement.GetProperty("version").GetString();
    }

    private static async Task<string?> WantedAsync()
    {
        await using var stream = File.OpenRead(Repository.PathOf("Tests", "Accessibility", "package.json"));
        using var package = await JsonDocument.ParseAsync(stream);
        return package.RootElement.GetProperty("dependencies").GetProperty("axe-core").GetString();
    }
}
