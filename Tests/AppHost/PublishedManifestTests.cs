namespace Platform.Tests.AppHost;

public sealed class PublishedManifestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CommittedManifest_Compared_IsWhatAppHostPublishes()
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts", $"manifest-{Guid.NewGuid():N}"));
        try
        {
            var file = Path.Combine(folder.FullName, "aspire-manifest.json");
            await using var appHost = ChildProcess.Start("AppHost", "dotnet", [Repository.ProgramOf("AppHost"), "--publisher", "manifest", "--output-path", file]);
            await appHost.WaitForExitAsync(Cancellation);
            Assert.True(File.Exists(file), appHost.Output);

            // Paths are relative to the manifest, which lies two folders deeper here than the committed one.
            var published = (await File.ReadAllTextAsync(file, Cancellation)).Replace("\"../../", "\"", StringComparison.Ordinal);
            var committed = await File.ReadAllTextAsync(Repository.PathOf("aspire-manifest.json"), Cancellation);

            Assert.True(published == committed.TrimEnd(), "aspire-manifest.json is stale: run eng/manifest.sh and commit what it writes.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
