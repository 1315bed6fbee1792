using Npgsql;

namespace Platform.Tests.Deployment;

/// <summary>BrandishBot's verification checklist, word by word, and what it does not ask: that trying to get across fails.</summary>
[Collection(DeploymentCollection.Name)]
[Trait("Category", "Deployment")]
public sealed class IsolationTests(DeploymentMachine machine)
{
    private const string Ok = """{"status":"ok"}""";

    [Fact]
    public async Task Deploy_BothSideBySide_EachAnswersOnItsPorts()
    {
        await machine.RequireAsync();

        foreach (var environment in (DeployedEnvironment[])[machine.Production, machine.Staging])
        {
            using var client = environment.Client();
            using var dashboard = environment.Client(environment.WebPort);

            Assert.Equal(Ok, await client.GetStringAsync("/healthz", TestContext.Current.CancellationToken));
            Assert.Equal(Ok, await dashboard.GetStringAsync("/healthz", TestContext.Current.CancellationToken));
            Assert.Equal($"127.0.0.1:{environment.ApiPort}", await DockerEngine.RunAsync("port", environment.Container("api"), "8080"));
            Assert.Equal($"127.0.0.1:{environment.WebPort}", await DockerEngine.RunAsync("port", environment.Container("web"), "8080"));
        }

        Assert.Empty(await DockerEngine.RunAsync("port", machine.Production.Container("postgres")));
        Assert.Equal("5432/tcp -> 127.0.0.1:5433", await DockerEngine.RunAsync("port", machine.Staging.Container("postgres")));
    }

    [Fact]
    public async Task Deploy_BothSideBySide_NetworksHoldOnlyTheirOwnContainers()
    {
        await machine.RequireAsync();

        foreach (var environment in (DeployedEnvironment[])[machine.Production, machine.Staging])
        {
            var networks = await DockerEngine.RunAsync("network", "ls", "--quiet", "--filter", $"label=com.docker.compose.project=platform-{environment.Name}");
            foreach (var network in networks.Split('\n'))
            {
                var names = await DockerEngine.RunAsync("network", "inspect", "--format", "{{range .Containers}}{{println .Name}}{{end}}", network);

                Assert.All(names.Split('\n', StringSplitOptions.RemoveEmptyEntries), name => Assert.StartsWith($"platform-{environment.Name}-", name, StringComparison.Ordinal));
            }
        }

        var (code, _) = await machine.Staging.BesideAsync("api", $"getent hosts {machine.Production.Container("api")}");
        Assert.NotEqual(0, code);
        (code, _) = await machine.Staging.BesideAsync("api", "getent hosts api");
        Assert.Equal(0, code); // Its own names do resolve: the check can tell the difference.
    }

    [Fact]
    public async Task Deploy_TableMadeInStaging_IsNotThereInProduction()
    {
        await machine.RequireAsync();
        var password = await File.ReadAllTextAsync(Path.Combine(machine.Folder, "deploy/secrets/staging/postgres-password"), TestContext.Current.CancellationToken);
        await using var staging = NpgsqlDataSource.Create($"Host=localhost;Port=5433;Username=postgres;Password={password};Database=platformdb");

        await ExecuteAsync(staging, "create table test_staging (id int)");
        var there = await machine.Production.SqlAsync("\\dt test_staging");
        var here = await machine.Staging.SqlAsync("\\dt test_staging");
        await ExecuteAsync(staging, "drop table test_staging");

        Assert.Contains("test_staging", here, StringComparison.Ordinal);
        Assert.DoesNotContain("public|test_staging", there, StringComparison.Ordinal);
        Assert.Equal("production", await machine.Production.SqlAsync("select 'production'"));
    }

    [Fact]
    public async Task Deploy_BothSideBySide_HaveTheirLimitsAndTheirEnvironment()
    {
        await machine.RequireAsync();

        Assert.Equal("1073741824", await DockerEngine.InspectAsync(machine.Production.Container("api"), "{{.HostConfig.Memory}}"));
        Assert.Equal("536870912", await DockerEngine.InspectAsync(machine.Staging.Container("api"), "{{.HostConfig.Memory}}"));
        foreach (var environment in (DeployedEnvironment[])[machine.Production, machine.Staging])
        {
            Assert.Contains($"ENVIRONMENT={environment.Name}", await DockerEngine.InspectAsync(environment.Container("api"), "{{range .Config.Env}}{{println .}}{{end}}"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Deploy_BothSideBySide_ContainersAreFenced()
    {
        await machine.RequireAsync();

        foreach (var environment in (DeployedEnvironment[])[machine.Production, machine.Staging])
        {
            foreach (var service in (string[])["api", "worker", "web", "postgres", "redis"])
            {
                var fences = await DockerEngine.InspectAsync(
                    environment.Container(service),
                    "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} {{if .HostConfig.PidsLimit}}true{{end}} {{if .HostConfig.NanoCpus}}true{{end}} {{.HostConfig.Privileged}} {{.HostConfig.RestartPolicy.Name}}");
                var (_, status) = await environment.BesideAsync(service, "cat /proc/1/status");

                Assert.Equal("true [ALL] [no-new-privileges:true] true true false unless-stopped", fences);
                Assert.Contains("CapEff:\t0000000000000000", status, StringComparison.Ordinal);
                Assert.DoesNotContain("Uid:\t0\t", status, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Another machine: a Redis that answers whoever has an address in its own network, which masqueraded containers have.</summary>
    [Fact]
    public async Task Deploy_AnotherMachine_IsReachedByApiAndWorkerOnly()
    {
        const string Address = "198.51.100.2";
        await machine.RequireAsync();
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/nsenter"), "Needs root and nsenter, to connect a network like another machine's.");
        await DockerEngine.TryAsync("rm", "--force", "platform-outside");
        await DockerEngine.RunAsync("run", "--detach", "--name", "platform-outside", "--network", "none", "--entrypoint", "redis-server", "docker.io/library/redis:8.6", "--protected-mode", "no");
        try
        {
            var pid = await DockerEngine.InspectAsync("platform-outside", "{{.State.Pid}}");
            const string Connect =
                """
                set -e
                ip link add platform-out type veth peer name platform-in netns "$1"
                ip address add 198.51.100.1/24 dev platform-out
                ip link set platform-out up
                nsenter --target "$1" --net ip address add 198.51.100.2/24 dev platform-in
                nsenter --target "$1" --net ip link set platform-in up
                """;
            var connected = await machine.CommandAsync("bash", "-c", Connect, "connect", pid);
            Assert.True(connected.ExitCode == 0, connected.Output);

            foreach (var environment in (DeployedEnvironment[])[machine.Production, machine.Staging])
            {
                foreach (var (service, reaches) in ((string, bool)[])[("api", true), ("worker", true), ("web", false), ("postgres", false), ("redis", false)])
                {
                    var (code, _) = await environment.BesideAsync(service, $"timeout 4 bash -c 'exec 3<>/dev/tcp/{Address}/6379'");

                    Assert.True(code == 0 == reaches, $"{environment.Name} {service}: {code}");
                }
            }
        }
        finally
        {
            await DockerEngine.RunAsync("rm", "--force", "platform-outside");
        }
    }

    [Fact]
    public async Task VerifyIsolation_AsDeployed_FindsNothingWrong()
    {
        await machine.RequireAsync();

        var verified = await machine.PlatformAsync("verify-isolation");

        Assert.True(verified.ExitCode == 0, verified.Output);
        Assert.EndsWith(", 0 failed.", verified.Output, StringComparison.Ordinal);
        Assert.Contains("a connection from staging api to production platform-production-postgres-1 is not possible", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyIsolation_StagingInProductionsNetwork_SaysWhatWorks()
    {
        await machine.RequireAsync();
        await DockerEngine.RunAsync("network", "connect", "platform-production_backend", machine.Staging.Container("api"));

        var verified = await machine.PlatformAsync("verify-isolation");
        await DockerEngine.RunAsync("network", "disconnect", "platform-production_backend", machine.Staging.Container("api"));

        Assert.Equal(1, verified.ExitCode);
        Assert.Contains("FAILED a connection from staging api to production platform-production-postgres-1 is possible", verified.Output, StringComparison.Ordinal);
        Assert.Contains("FAILED production: foreign containers in its networks: '1' instead of '0'", verified.Output, StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
