extern alias compose;

using compose::Platform.Compose;
using compose::Platform.Compose.Profiles;

namespace Platform.Tests.Compose.Profiles;

public sealed class ProfileFileTests
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Reaper.Folder, Guid.NewGuid().ToString("N"))).FullName;

    [Fact]
    public void Read_WithoutAnEnvironment_IsThereToBeExtended() =>
        Assert.Null(new ProfileFile(Repository.PathOf("deploy", "profiles")).Read("common"));

    [Fact]
    public void Read_Extended_JoinsMappingsAndReplacesTheRest()
    {
        var base16 = new ProfileFile(Repository.PathOf("deploy", "profiles")).Read("16gb");

        Assert.Equal("production", base16?.Environment);
        Assert.Equal("2G", base16?.Services["api"].Limits.Memory.Text);
        Assert.Equal("256M", base16?.Services["api"].Reservations.Memory.Text);
        Assert.Equal(["-c", "max_connections=50", "-c", "shared_buffers=512MB"], base16?.Services["postgres"].Command);
    }

    [Fact]
    public void Read_Cycle_IsAnError()
    {
        Save("a", "extends: b");
        Save("b", "extends: a");

        Assert.Contains("cycle", Assert.Throws<ComposeException>(() => new ProfileFile(_folder).Read("a")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("environment: [")]
    [InlineData("- a")]
    [InlineData("environment: test\nproject: p\ncolour: red")]
    public void Read_NotUnderstood_NamesTheProfile(string text)
    {
        Save("odd", text);

        Assert.StartsWith("Profile 'odd'", Assert.Throws<ComposeException>(() => new ProfileFile(_folder).Read("odd")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_Tilde_TakesAway()
    {
        var merged = YamlTree.Merge(Yaml("a: 1\nb: { c: 2, d: 3 }"), Yaml("a: ~\nb: { d: 4 }"));

        Assert.Equal("{ { b, { { c, 2 }, { d, 4 } } } }", merged.ToString());
    }

    [Theory]
    [InlineData("1G", 1073741824L)]
    [InlineData("512M", 536870912L)]
    [InlineData("64K", 65536L)]
    [InlineData("512", null)]
    [InlineData("1.5G", null)]
    [InlineData("", null)]
    public void TryParse_Memory_IsInPowersOf1024(string text, long? bytes) =>
        Assert.Equal(bytes, MemorySize.TryParse(text, out var size) ? size.Bytes : null);

    private static YamlDotNet.RepresentationModel.YamlMappingNode Yaml(string text)
    {
        var stream = new YamlDotNet.RepresentationModel.YamlStream();
        stream.Load(new StringReader(text));
        return (YamlDotNet.RepresentationModel.YamlMappingNode)stream.Documents[0].RootNode;
    }

    private void Save(string name, string text) => File.WriteAllText(Path.Combine(_folder, $"{name}.yaml"), text);
}
