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

    private static readonly NpmPackage Package = new("axe-core", "Accessibility");

    /// <summary>Looks for serious and critical violations in the page as it is shown now.</summary>
    /// <param name="page">Where scripts may be evaluated.</param>
    /// <param name="rules">Names of the only rules to look at; none for all.</param>
    /// <param name="cancellationToken">Ends the installation.</param>
    /// <returns>One line a violation.</returns>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page, IReadOnlyList<string> rules, CancellationToken cancellationToken)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            var script = Path.Combine(await Package.FolderAsync(cancellationToken), "axe.min.js");
            await page.EvaluateAsync(await File.ReadAllTextAsync(script, cancellationToken));
        }

        return await page.EvaluateAsync<string[]>(Run, rules.Count == 0 ? null : rules);
    }
}
