extern alias compose;

using compose::Platform.Compose.Output;

namespace Platform.Tests.Compose.Output;

public sealed class CommittedFilesTests
{
    [Fact]
    public void CommittedFiles_Compared_AreWhatComposeWrites() =>
        Assert.DoesNotContain(OutputFiles.Of(Repository.Root, []), file => file.IsStaleIn(Repository.Root));

    [Fact]
    public void Of_Twice_SameText() => Assert.Equal(OutputFiles.Of(Repository.Root, []), OutputFiles.Of(Repository.Root, []));

    [Fact]
    public void Of_OneProfile_ItsFilesAndTheVariablesOfAll()
    {
        var files = OutputFiles.Of(Repository.Root, ["production"]);

        Assert.Equal(
            ["docker-compose.prod.yml", "deploy/needs/production.tsv", ".env.example"],
            files.Select(file => file.Path).Where(path => !path.StartsWith("deploy/unraid/", StringComparison.Ordinal)));
        Assert.Contains("STAGING_API_PORT=8081", files[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_UnknownProfile_NamesThoseThereAre()
    {
        var exception = Assert.Throws<compose::Platform.Compose.ComposeException>(() => OutputFiles.Of(Repository.Root, ["prod"]));

        Assert.Contains("'prod'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("production", exception.Message, StringComparison.Ordinal);
    }
}
