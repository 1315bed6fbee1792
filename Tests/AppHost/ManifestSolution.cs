using Aspire.Hosting;

namespace Platform.Tests.AppHost;

/// <summary>A folder with the launch profiles of projects that have no other files, and with the manifest of a graph of them.</summary>
internal sealed class ManifestSolution(string appHost) : IAsyncDisposable
{
    private const string WithUrl = """{ "profiles": { "http": { "commandName": "Project", "applicationUrl": "http://localhost:5001" }, "migrate": { "commandName": "Project" } } }""";
    private const string WithoutUrl = """{ "profiles": { "plain": { "commandName": "Project" } } }""";

    private string _manifest = "";

    /// <summary>The folder of all such solutions of this test run: a project's class has no argument to tell it a folder.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("platform-manifest-").FullName;

    public static string PathOfProject(string name) => Path.Combine(Folder, name, $"{name}.csproj");

    /// <param name="manifest">The manifest's path, relative to the solution.</param>
    public IDistributedApplicationBuilder CreateBuilder(string manifest)
    {
        foreach (var project in (string[])["Api", "Worker", "Web", "Smoke.Api", "Smoke.Web", "Smoke.Worker"])
        {
            var properties = Directory.CreateDirectory(Path.Combine(Folder, project, "Properties"));
            File.WriteAllText(Path.Combine(properties.FullName, "launchSettings.json"), project == "Smoke.Worker" ? WithoutUrl : WithUrl);
        }

        _manifest = Path.Combine(Folder, manifest);
        return DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--publisher", "manifest", "--output-path", _manifest],
            ProjectDirectory = Directory.CreateDirectory(Path.Combine(Folder, appHost)).FullName,
            DisableDashboard = true,
        });
    }

    public Task<string> ReadManifestAsync() => File.ReadAllTextAsync(_manifest);

    public ValueTask DisposeAsync()
    {
        File.Delete(_manifest);
        return ValueTask.CompletedTask;
    }
}
