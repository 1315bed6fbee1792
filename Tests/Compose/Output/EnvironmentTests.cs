using YamlDotNet.RepresentationModel;

namespace Platform.Tests.Compose.Output;

/// <summary>What the two environments promise, read from the committed files.</summary>
public sealed class EnvironmentTests
{
    private const long GiB = 1L << 30;

    public static TheoryData<string> Files => ["docker-compose.prod.yml", "docker-compose.staging.yml", "deploy/compose/8gb.yml", "deploy/compose/16gb.yml", "deploy/compose/32gb.yml"];

    [Fact]
    public void Ports_OfBoth_AreThoseOfTheChecklist()
    {
        Assert.Equal(["127.0.0.1:8080:8080"], ComposeFile.Production.Ports("api"));
        Assert.Equal(["127.0.0.1:3847:8080"], ComposeFile.Production.Ports("web"));
        Assert.Empty(ComposeFile.Production.Ports("postgres"));
        Assert.Equal(["127.0.0.1:8081:8080"], ComposeFile.Staging.Ports("api"));
        Assert.Equal(["127.0.0.1:3848:8080"], ComposeFile.Staging.Ports("web"));
        Assert.Equal(["127.0.0.1:5433:5432"], ComposeFile.Staging.Ports("postgres"));
    }

    [Fact]
    public void Memory_OfBoth_IsThatOfTheChecklist()
    {
        Assert.Equal(1073741824, ComposeFile.Production.MemoryBytes("api"));
        Assert.Equal(536870912, ComposeFile.Staging.MemoryBytes("api"));
    }

    [Fact]
    public void Memory_OfProduction_AddsUpToThreeGibibytes()
    {
        var counted = ComposeFile.Production.Services.Where(service => service.Key != "migrate" && !service.Value.Children.ContainsKey("profiles"));

        Assert.InRange(counted.Sum(service => ComposeFile.Production.MemoryBytes(service.Key)), 1, 3 * GiB);
    }

    [Theory]
    [InlineData("deploy/compose/8gb.yml", 8)]
    [InlineData("deploy/compose/16gb.yml", 16)]
    [InlineData("deploy/compose/32gb.yml", 32)]
    public void Memory_OfSizedProfile_LeavesAQuarterOfTheBox(string file, int boxGibibytes)
    {
        var compose = ComposeFile.Committed(file);

        Assert.InRange(compose.Services.Keys.Sum(compose.MemoryBytes), 1, boxGibibytes * GiB * 3 / 4);
    }

    [Fact]
    public void Names_OfBoth_AreApart()
    {
        Assert.Equal("platform-production", ComposeFile.Production.Root["name"].ToString());
        Assert.Equal("platform-staging", ComposeFile.Staging.Root["name"].ToString());
        Assert.DoesNotContain("staging", ComposeFile.Production.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("production", ComposeFile.Staging.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Environment_OfHosts_NamesTheEnvironment()
    {
        foreach (var host in (string[])["api", "worker", "web"])
        {
            Assert.Equal("production", ComposeFile.Production.Value(host, "environment", "ENVIRONMENT"));
            Assert.Equal("staging", ComposeFile.Staging.Value(host, "environment", "ENVIRONMENT"));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Networks_OfAnyFile_LetOnlyThoseOutThatCallOthers(string file)
    {
        var compose = ComposeFile.Committed(file);
        var withoutWayOut = compose.Map("networks").Children
            .Where(network => network.Value is YamlMappingNode options && (Is(options, "internal") || IsNotMasqueraded(options)))
            .Select(network => network.Key.ToString());

        Assert.Equal(["backend"], compose.List("redis", "networks"));
        Assert.Equal(["backend"], compose.List("migrate", "networks"));
        Assert.Equal(["ingress"], compose.List("web", "networks"));
        Assert.Equal(
            ["api", "caddy", "worker"],
            compose.Services.Keys.Where(name => compose.List(name, "networks").Except(withoutWayOut).Any()).Append("caddy").Distinct().Order(StringComparer.Ordinal));

        // Docker takes the way out from the first network by name that is not internal.
        Assert.All(["api", "worker"], name => Assert.Equal("egress", compose.List(name, "networks").Except(["backend"]).Min(StringComparer.Ordinal)));

        static bool Is(YamlMappingNode options, string flag) => options.Children.TryGetValue(new YamlScalarNode(flag), out var value) && value.ToString() == "true";

        static bool IsNotMasqueraded(YamlMappingNode options) =>
            options.Children.TryGetValue(new YamlScalarNode("driver_opts"), out var driver) && driver["com.docker.network.bridge.enable_ip_masquerade"].ToString() == "false";
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Roles_OfAnyFile_AreOnePerServiceAndNoSuperuser(string file)
    {
        var compose = ComposeFile.Committed(file);
        var connections = compose.Services.Keys.ToDictionary(
            name => name,
            name => compose.Services[name].Children.ContainsKey("secrets")
                ? ((YamlSequenceNode)compose.Services[name]["secrets"]).Select(secret => secret.ToString()).Where(secret => secret.StartsWith('p')).ToList()
                : []);

        Assert.Equal(["platformdb-api-connection"], connections["api"]);
        Assert.Equal(["platformdb-drill-connection", "platformdb-worker-connection"], connections["worker"]);
        Assert.Equal(["platformdb-owner-connection"], connections["migrate"]);
        Assert.Empty(connections["web"]);
        Assert.All(connections.Where(service => service.Key != "postgres"), service => Assert.DoesNotContain("postgres-password", service.Value));
        foreach (var environment in (string[])["production", "staging"])
        {
            Assert.DoesNotContain("Username=postgres", File.ReadAllText(Repository.PathOf("deploy", "needs", $"{environment}.tsv")), StringComparison.Ordinal);
        }
    }

    /// <summary>Worker and Caddy share one, which owns the folders of the machine that they write; the databases have that of their images.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Users_OfAnyFile_AreApart(string file)
    {
        var compose = ComposeFile.Committed(file);
        string[] services = ["api", "worker", "web", "dashboard", "postgres"];

        Assert.Equal(services.Length, services.Select(name => compose.Value(name, "user").Split(':')[0]).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Services_OfAnyFile_AreFenced(string file)
    {
        var compose = ComposeFile.Committed(file);

        Assert.All(compose.Services.Keys, name =>
        {
            Assert.Equal("true", compose.Value(name, "read_only"));
            Assert.Equal("true", compose.Value(name, "init"));
            Assert.Equal(["ALL"], compose.List(name, "cap_drop"));
            Assert.Equal(["no-new-privileges:true"], compose.List(name, "security_opt"));
            Assert.InRange(int.Parse(compose.Value(name, "pids_limit"), System.Globalization.CultureInfo.InvariantCulture), 1, 512);
            Assert.NotEqual("0", compose.Value(name, "user").Split(':')[0]);
            Assert.NotEmpty(compose.Value(name, "logging", "options", "max-size"));
            Assert.NotEmpty(compose.Value(name, "deploy", "resources", "reservations", "memory"));
            Assert.Equal(name == "migrate" ? "no" : "unless-stopped", compose.Value(name, "restart"));
            // Nothing in the dashboard's image could ask.
            Assert.Equal(name is "migrate" or "dashboard", !compose.Services[name].Children.ContainsKey("healthcheck"));
            Assert.All(compose.Ports(name), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

            // A host drains for 30 s.
            Assert.InRange(int.Parse(compose.Value(name, "stop_grace_period")[..^1], System.Globalization.CultureInfo.InvariantCulture), 31, 60);
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Dashboard_OfAnyFile_IsOptionalAndAsksForTokenAndKey(string file)
    {
        var compose = ComposeFile.Committed(file);

        Assert.Equal(["dashboard"], compose.List("dashboard", "profiles"));
        Assert.Equal("BrowserToken", compose.Value("dashboard", "environment", "Dashboard__Frontend__AuthMode"));
        Assert.Equal("ApiKey", compose.Value("dashboard", "environment", "Dashboard__Otlp__AuthMode"));
        Assert.Equal("Dashboard__Frontend__BrowserToken", compose.Value("dashboard", "secrets", "0", "target"));
        Assert.Equal("Dashboard__Otlp__PrimaryApiKey", compose.Value("dashboard", "secrets", "1", "target"));
        Assert.Equal(["ingress"], compose.List("dashboard", "networks"));

        // On this machine alone, also where PRODUCTION_BIND opens the other ports; the hosts send inside.
        var port = Assert.Single((YamlSequenceNode)compose.Services["dashboard"]["ports"]);
        Assert.Equal(("127.0.0.1", "18888"), (port["host_ip"].ToString(), port["target"].ToString()));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Telemetry_OfAnyFile_GoesToTheDashboardOnlyWhereItIsOn(string file)
    {
        var compose = ComposeFile.Committed(file);

        foreach (var host in (string[])["api", "worker", "web"])
        {
            // The later file lies over the one that people write; without it theirs counts.
            Assert.Matches("^\\.env\\.(production|staging)$", compose.Value(host, "env_file", "0", "path"));
            Assert.Equal("deploy/dashboard/off.env", compose.Value(host, "env_file", "1", "path"));
            Assert.Equal("false", compose.Value(host, "env_file", "1", "required"));
            Assert.Contains("otlp-headers", compose.List(host, "secrets"));
            Assert.DoesNotContain(((YamlMappingNode)compose.Services[host]["environment"]).Children.Keys, key => key.ToString().StartsWith("OTEL_EXPORTER_", StringComparison.Ordinal));
        }

        Assert.Equal("on.env", Path.GetFileName(Assert.Single(Directory.GetFiles(Repository.PathOf("deploy", "dashboard")))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Images_OfAnyFile_ArePinned(string file)
    {
        var compose = ComposeFile.Committed(file);

        Assert.All(compose.Services.Keys, name => Assert.Matches(":(latest-)?[a-z0-9.]+$", compose.Value(name, "image")));
    }

    [Fact]
    public void Hosts_Depend_OnTheMigrationAndOnHealthyStores()
    {
        foreach (var host in (string[])["api", "worker"])
        {
            Assert.Equal("service_completed_successfully", ComposeFile.Production.Value(host, "depends_on", "migrate", "condition"));
            Assert.Equal("service_healthy", ComposeFile.Production.Value(host, "depends_on", "postgres", "condition"));
        }

        Assert.Equal("service_healthy", ComposeFile.Production.Value("web", "depends_on", "api", "condition"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Secrets_OfAnyFile_AreFilesOnly(string file)
    {
        var compose = ComposeFile.Committed(file);

        Assert.All(compose.Map("secrets").Children, secret => Assert.Matches("^\\./deploy/secrets/(production|staging)/", secret.Value["file"].ToString()));
        Assert.All(compose.Services, service =>
        {
            var environment = service.Value.Children.TryGetValue(new YamlScalarNode("environment"), out var node) ? ((YamlMappingNode)node).Children.Keys : [];
            Assert.DoesNotContain(environment, key => key.ToString() is "API_KEY" or "JWT_SECRET" or "POSTGRES_PASSWORD" or "REDIS_PASSWORD" or "ConnectionStrings__platformdb");
            Assert.DoesNotContain(environment, key => key.ToString().EndsWith("_URI", StringComparison.Ordinal) || key.ToString().Contains("HTTPS", StringComparison.OrdinalIgnoreCase));
        });
    }
}
