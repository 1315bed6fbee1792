extern alias compose;

using compose::Platform.Compose;
using compose::Platform.Compose.Manifest;
using compose::Platform.Compose.Output;
using compose::Platform.Compose.Profiles;

namespace Platform.Tests.Compose.Output;

public sealed class EnvExampleTests
{
    [Fact]
    public void Write_ProfileAndParameters_EachVariableOnceWithItsDefault()
    {
        var profile = GraphFixture.Profile(("api", ""));

        var text = EnvExample.Write(ManifestReader.Read(Fixtures.Manifest("sample.json")), [profile, profile]);

        Assert.Contains("# Who runs it\nUSER_ID=1000\n\n# Where it lies\nDATA_DIR=./data\n\n# A parameter of AppHost\nTEST_REGION=eu-west\n", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split('\n').Count(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#'));
    }

    [Fact]
    public void Write_SameNameDeclaredTwice_IsRefused()
    {
        var profile = GraphFixture.Profile(("api", ""));
        var other = profile with { Variables = new ProfileVariables("other", new Dictionary<string, ProfileVariable> { ["USER_ID"] = new("2", "Somebody else") }) };

        var exception = Assert.Throws<ComposeException>(() => EnvExample.Write(new AppManifest([]), [profile, other]));

        Assert.Contains("USER_ID", exception.Message, StringComparison.Ordinal);
    }
}
