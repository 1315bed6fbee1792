extern alias compose;

using compose::Platform.Compose;

namespace Platform.Tests.Compose.Output;

public sealed class ServiceWriterTests
{
    private static readonly (string, string)[] RichServices = [("pg", ""), ("seq", ""), ("front", ""), ("migrator", ""), ("api", ""), ("web", "")];

    [Fact]
    public void Write_OtherFormsOfValues_AreServices()
    {
        var (compose, needs) = GraphFixture.Write(Fixtures.RichManifest(), GraphFixture.Profile(RichServices));

        Assert.Equal("../front", compose.Value("front", "build", "context"));
        Assert.Equal("Dockerfile", compose.Value("front", "build", "dockerfile"));
        Assert.Equal("${TEST_TAG:?set TEST_TAG in .env}", compose.Services["front"]["build"]["args"]["TAG"].ToString());
        Assert.Equal("signing-key", compose.Value("front", "build", "secrets", "0", "source"));
        Assert.Equal("../conf", compose.Value("seq", "volumes", "1", "source"));
        Assert.Equal("seq-data", compose.Value("seq", "volumes", "0", "source"));
        Assert.Equal(["--migrate", "--once"], compose.List("migrator", "command"));
        Assert.Equal("made-smoke.api:1", compose.Value("api", "image"));
        Assert.Equal("http://seq:80", compose.Value("api", "environment", "SEQ"));
        Assert.Equal("https://pay.example.com/", compose.Value("api", "environment", "PAYMENTS"));
        Assert.Equal("/run/secrets/main-connection", compose.Value("api", "environment", "ConnectionStrings__Default_FILE"));
        Assert.Equal("/run/secrets/bucket", compose.Value("api", "environment", "ConnectionStrings__bucket_FILE"));
        Assert.Contains("secret\tmain-connection\trender\tHost=pg;Port=5432;Username={$TEST_DB_USER};Password={db-password};Database=maindb\t-\t1000\n", needs, StringComparison.Ordinal);
        Assert.Contains("secret\tapi-mix\trender\tseq:80/x?k={signing-key}\t-\t1000\n", needs, StringComparison.Ordinal);
        Assert.Contains("secret\tbucket\toptional\t-\t-\t1000\n", needs, StringComparison.Ordinal);
        Assert.Contains("secret\tdb-password\tgiven\t-\t-\t1000\n", needs, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HttpsBindings_AreLeftOutWithWhatRefersToThem()
    {
        var (compose, _) = GraphFixture.Write(Fixtures.RichManifest(), GraphFixture.Profile(RichServices));

        Assert.DoesNotContain("services__api__https", compose.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("API_HTTPS", compose.Text, StringComparison.Ordinal);
        Assert.Equal("http://api:8080", compose.Value("web", "environment", "services__api__http__0"));
    }

    [Fact]
    public void Write_HttpsAmongOthers_NamesTheResource()
    {
        const string Manifest = """
            { "resources": { "a": { "type": "project.v0", "path": "A/A.csproj", "env": { "BOTH": "{a.bindings.http.url} {a.bindings.https.url}" },
              "bindings": { "http": { "scheme": "http", "protocol": "tcp" }, "https": { "scheme": "https", "protocol": "tcp" } } } } }
            """;

        Assert.StartsWith("Resource 'a': BOTH", Complaint(Manifest, ("a", "")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Resource 'a'")]
    [InlineData("depends_on: { b: service_healthy }", "services.a depends on 'b'")]
    [InlineData("ports: { udp: \"127.0.0.1:53\" }", "Resource 'a': it has no binding 'udp'")]
    [InlineData("colour: red", "services.a: unknown key 'colour'")]
    [InlineData("volumes: [a]", "services.a: 'a' is not a volume")]
    [InlineData("environment: { X: \"${NOBODY}\" }", "'${NOBODY}'")]
    [InlineData("environment: { X: \"a$b\" }", "a dollar itself is written $$")]
    public void Write_ProfileWithAFault_SaysWhereItIs(string more, string complaint)
    {
        const string Manifest = """{ "resources": { "a": { "type": "container.v0", "image": "a:1" } } }""";

        Assert.Contains(complaint, Complaint(Manifest, (more.Length == 0 ? "b" : "a", more)), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SecretForTwoGroups_IsRefused()
    {
        const string Manifest = """
            { "resources": { "key": { "type": "parameter.v0", "value": "{key.inputs.value}", "inputs": { "value": { "type": "string", "secret": true } } },
              "a": { "type": "container.v0", "image": "a:1", "env": { "KEY": "{key.value}" } },
              "b": { "type": "container.v0", "image": "b:1", "env": { "KEY": "{key.value}" } } } }
            """;
        var profile = GraphFixture.Profile(("a", ""), ("b", ""));
        var services = profile.Services.ToDictionary();
        services["b"] = services["b"] with { User = "5:5" };

        var exception = Assert.Throws<ComposeException>(() => GraphFixture.Write(Manifest, profile with { Services = services }));

        Assert.Contains("a file has one group", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SecretsOfTheProfile_AreMadeAndRenderedAndCalledAsTheServiceAsks()
    {
        const string Manifest = """{ "resources": { "a": { "type": "container.v0", "image": "a:1" }, "b": { "type": "container.v0", "image": "b:1" } } }""";

        var (compose, needs) = GraphFixture.Write(Manifest, GraphFixture.Profile(("a", "secret_files: { header: header }"), ("b", "secret_files: { Key__Of: made }")));

        Assert.Equal(["header"], compose.List("a", "secrets"));
        Assert.Equal("made", compose.Value("b", "secrets", "0", "source"));
        Assert.Equal("Key__Of", compose.Value("b", "secrets", "0", "target"));
        Assert.Contains("secret\tmade\tgenerate\t12\t-\t1000\n", needs, StringComparison.Ordinal);
        Assert.Contains("secret\theader\trender\tx-key={made}\t-\t1000\n", needs, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SettingsFiles_AreInOrderAndNeedNotExist()
    {
        const string Manifest = """{ "resources": { "a": { "type": "container.v0", "image": "a:1" } } }""";

        var (compose, _) = GraphFixture.Write(Manifest, GraphFixture.Profile(("a", "settings_files: [one.env, \"${DATA_DIR}/two.env\"]")));

        Assert.Equal("one.env", compose.Value("a", "env_file", "0", "path"));
        Assert.Equal("./data/two.env", compose.Value("a", "env_file", "1", "path"));
        Assert.Equal("false", compose.Value("a", "env_file", "1", "required"));
    }

    [Fact]
    public void Write_FolderOfTheMachine_IsNeededAndNeverMadeByTheEngine()
    {
        const string Manifest = """{ "resources": { "a": { "type": "container.v0", "image": "a:1" } } }""";

        var (compose, needs) = GraphFixture.Write(Manifest, GraphFixture.Profile(("a", "volumes: [\"${DATA_DIR}:/data\"]")));

        Assert.Equal("./data", compose.Value("a", "volumes", "0", "source"));
        Assert.Equal("false", compose.Value("a", "volumes", "0", "bind", "create_host_path"));
        Assert.Contains("folder\tDATA_DIR:./data\twrite\t-\tUSER_ID:1000\t1000\n", needs, StringComparison.Ordinal);
    }

    private static string Complaint(string manifest, (string, string) service) =>
        Assert.Throws<ComposeException>(() => GraphFixture.Write(manifest, GraphFixture.Profile(service))).Message;
}
