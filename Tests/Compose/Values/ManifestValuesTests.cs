extern alias compose;

using compose::Platform.Compose;
using compose::Platform.Compose.Manifest;
using compose::Platform.Compose.Values;

namespace Platform.Tests.Compose.Values;

public sealed class ManifestValuesTests
{
    private static readonly AppManifest Rich = ManifestReader.Read(Fixtures.RichManifest());

    [Theory]
    [InlineData("{seq.bindings.ui.url}", "http://seq:80")]
    [InlineData("{seq.bindings.ui.host}:{seq.bindings.ui.port}", "seq:80")]
    [InlineData("{api.bindings.http.targetPort}", "8080")]
    [InlineData("{pg.bindings.tcp.scheme}://x", "tcp://x")]
    [InlineData("{{ not a reference }} $HOME", "{ not a reference } $$HOME")]
    [InlineData("{tag.value}", "${TEST_TAG:?set TEST_TAG in .env}")]
    public void Resolve_Plain_IsWhatComposeReads(string text, string expected) => Assert.Equal(expected, Resolve(text).ToComposeText());

    [Fact]
    public void Resolve_ParameterWithDefault_TakesItUnlessSet()
    {
        var sample = new ManifestValues(ManifestReader.Read(Fixtures.Manifest("sample.json")), "TEST_");

        Assert.Equal("${TEST_REGION:-eu-west}", sample.Resolve("x", Expression.Parse("{region.value}")).ToComposeText());
    }

    [Fact]
    public void Resolve_ConnectionString_HoldsTheSecretByName()
    {
        var value = Resolve("{main.connectionString}");

        Assert.True(value.IsSecret);
        Assert.Equal(
            [new TextPart("Host=pg;Port=5432;Username="), new VariablePart("TEST_DB_USER", null), new TextPart(";Password="), new SecretPart("db-password", null), new TextPart(";Database=maindb")],
            value.Parts);
    }

    [Fact]
    public void Resolve_Https_IsMarked() => Assert.True(Resolve("{api.bindings.https.url}") is { NeedsHttps: true, NeedsOther: false });

    [Theory]
    [InlineData("{nobody.value}")]
    [InlineData("{pg.bindings.udp.host}")]
    [InlineData("{pg.bindings.tcp.colour}")]
    [InlineData("{pg.outputs.name}")]
    [InlineData("{db-user-uri-encoded.value}")]
    public void Resolve_ReferenceToNothing_NamesTheResourceThatAsks(string text) =>
        Assert.StartsWith("Resource 'asker'", Assert.Throws<ComposeException>(() => Resolve(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Resolve_Circle_IsAnError()
    {
        var manifest = ManifestReader.Read("""{ "resources": { "a": { "type": "value.v0", "connectionString": "{b.connectionString}" }, "b": { "type": "value.v0", "connectionString": "{a.connectionString}" } } }""");

        Assert.Throws<ComposeException>(() => new ManifestValues(manifest, "").Resolve("asker", Expression.Parse("{a.connectionString}")));
    }

    private static ResolvedValue Resolve(string text) => new ManifestValues(Rich, "TEST_").Resolve("asker", Expression.Parse(text));
}
