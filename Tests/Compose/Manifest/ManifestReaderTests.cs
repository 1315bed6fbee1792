extern alias compose;

using compose::Platform.Compose;
using compose::Platform.Compose.Manifest;

namespace Platform.Tests.Compose.Manifest;

public sealed class ManifestReaderTests
{
    [Theory]
    [InlineData("platform-shaped.json")]
    [InlineData("sample.json")]
    public void Read_AspiresOwnManifest_EveryResource(string name) =>
        Assert.NotEmpty(ManifestReader.Read(Fixtures.Manifest(name)).Services);

    [Fact]
    public void Read_Executable_NamesTheResource() =>
        Assert.Contains("'tool'", Assert.Throws<ComposeException>(() => ManifestReader.Read(Fixtures.Manifest("rich.json"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_OtherValueForms_AreUnderstood()
    {
        var manifest = ManifestReader.Read(Fixtures.RichManifest());

        var front = Assert.IsType<ContainerResource>(manifest.Find("front"));
        Assert.Equal(("../front", "../front/Dockerfile"), (front.Build?.Context, front.Build?.Dockerfile));
        Assert.Equal(["NPM"], front.Build?.Secrets.Keys ?? []);
        Assert.Equal(new VolumeMount("../conf", "/etc/seq", ReadOnly: true), Assert.Single(Assert.IsType<ContainerResource>(manifest.Find("seq")).BindMounts));
        Assert.Equal(new GeneratedDefault(32), Assert.IsType<ParameterResource>(manifest.Find("signing-key")).Inputs["value"].Generated);
        Assert.NotNull(Assert.IsType<ParameterResource>(manifest.Find("bucket")).ConnectionString);
    }

    [Theory]
    [InlineData("""{ "type": "aws.thing.v0" }""")]
    [InlineData("""{ "type": "value.v0", "connectionString": "{db" }""")]
    [InlineData("""{ "type": "value.v0", "colour": "red" }""")]
    [InlineData("""{ "type": "annotated.string", "value": "a", "filter": "rot13" }""")]
    [InlineData("""{ "type": "parameter.v0", "value": "{odd.inputs.value}", "inputs": { "value": { "type": "number" } } }""")]
    [InlineData("""{ "type": "parameter.v0", "value": "x", "inputs": { "value": { "default": { "generate": { "minLength": 8, "minSpecial": 1 } } } } }""")]
    [InlineData("""{ "type": "container.v0" }""")]
    [InlineData("""{ "type": "container.v0", "image": "a:1", "bindings": { "x": { "scheme": "tcp", "protocol": "sctp" } } }""")]
    [InlineData("""{ "type": "container.v0", "image": "a:1", "volumes": [ { "name": "v", "target": "/v", "driver": "nfs" } ] }""")]
    [InlineData("""{ "type": "container.v1", "build": { "context": ".", "dockerfile": "D", "secrets": { "S": { "type": "vault", "value": "x" } } } }""")]
    [InlineData("""{ "type": "project.v0", "path": "A.csproj", "args": [ 1 ] }""")]
    public void Read_SomethingUnknown_NamesTheResource(string resource)
    {
        var exception = Assert.Throws<ComposeException>(() => ManifestReader.Read($$"""{ "resources": { "odd": {{resource}} } }"""));

        Assert.StartsWith("Resource 'odd'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ProjectV1_LeavesTheOtherTargetsDeployment()
    {
        var manifest = ManifestReader.Read("""{ "resources": { "api": { "type": "project.v1", "path": "Api/Api.csproj", "deployment": { "type": "azure.bicep.v0" } } } }""");

        Assert.Equal("Api/Api.csproj", Assert.IsType<ProjectResource>(manifest.Find("api")).Path);
    }
}
