using System.Text.RegularExpressions;

namespace Platform.Tests.AppHost;

public sealed partial class StoreChoiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stores_ContainersWithLocalDatabase_RefusesAndNamesTheSectionOnMovingData()
    {
        var data = DataFolder.Create();
        try
        {
            data.CreateSubdirectory("postgres/cluster");
            var settings = new Dictionary<string, string?> { ["PLATFORM_DATA_DIR"] = data.FullName, ["PLATFORM_CONTAINERS"] = "true" };
            await using var appHost = ChildProcess.Start("AppHost", "dotnet", [Repository.ProgramOf("AppHost"), "--stores"], settings);
            await appHost.WaitForExitAsync(Token);

            Assert.Equal(1, appHost.ExitCode);
            var section = Section().Match(appHost.Output).Groups[1].Value;
            var operations = await File.ReadAllLinesAsync(Repository.PathOf("docs", "operations.md"), Token);
            Assert.Contains($"## {section}", operations.Select(line => line.Replace("`", "", StringComparison.Ordinal)));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [GeneratedRegex("docs/operations.md, \"([^\"]+)\"")]
    private static partial Regex Section();
}
