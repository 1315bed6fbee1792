namespace Platform.Tests.Eng;

/// <summary>What lies in an image is what a host is built of: nothing that starts other programs or shows their telemetry.</summary>
public sealed class HostPackagesTests
{
    private static readonly string[] Foreign = ["Aspire.Hosting", "Aspire.Dashboard", "dcp"];

    [Theory]
    [InlineData("Api")]
    [InlineData("Worker")]
    [InlineData("Web")]
    public void Built_AnyHost_HasNoOrchestratorAndNoDashboard(string host)
    {
        var folder = Path.GetDirectoryName(Repository.ProgramOf(host)) ?? "";
        var files = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).ToList();

        Assert.Contains($"{host}.deps.json", files);
        Assert.DoesNotContain(files, file => Foreign.Any(name => file.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain("\"Aspire.Hosting", File.ReadAllText(Path.Combine(folder, $"{host}.deps.json")), StringComparison.OrdinalIgnoreCase);
    }
}
