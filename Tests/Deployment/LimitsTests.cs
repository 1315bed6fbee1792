using System.Globalization;

namespace Platform.Tests.Deployment;

/// <summary>What the services may use, what they do use, and that it is enough under load.</summary>
[Collection(DeploymentCollection.Name)]
[Trait("Category", "DeploymentLong")]
public sealed class LimitsTests(DeploymentMachine machine)
{
    private const long MebiByte = 1024 * 1024;
    private const int Conversations = 60;
    private const int MessagesEach = 5;

    private static readonly string[] Services = ["api", "worker", "web", "postgres", "redis"];

    [Fact]
    public async Task Limits_AllOfProduction_AddUpToThreeGibibytes()
    {
        await machine.RequireAsync();
        long sum = 0;
        foreach (var service in Services)
        {
            var limit = long.Parse(await DockerEngine.InspectAsync(machine.Production.Container(service), "{{.HostConfig.Memory}}"), CultureInfo.InvariantCulture);
            Assert.True(limit > 0, $"{service} has no limit");
            sum += limit;
        }

        Assert.InRange(sum, 1, 3072 * MebiByte);
    }

    [Fact]
    public async Task Idle_WholeStack_UsesLessThan700Mebibytes()
    {
        await machine.RequireAsync();

        foreach (var environment in (DeployedEnvironment[])[machine.Production, machine.Staging])
        {
            var used = await UsedAsync(environment);
            DeploymentFigures.Add($"{environment.Name} idle: {used.Values.Sum():0} MiB ({string.Join(", ", used.Select(service => FormattableString.Invariant($"{service.Key} {service.Value:0}")))})");

            Assert.InRange(used.Values.Sum(), 1, 700);
        }
    }

    [Theory]
    [InlineData("production")]
    [InlineData("staging")]
    public async Task Load_WithinTheLimits_NothingRunsOutOfMemory(string name)
    {
        await machine.RequireAsync();
        var environment = name == "production" ? machine.Production : machine.Staging;
        var text = string.Concat(Enumerable.Repeat("Tell me more about it. ", 400));

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Conversations),
            new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = TestContext.Current.CancellationToken },
            async (_, _) =>
            {
                var conversation = await environment.AskAsync(text);
                for (var message = 1; message < MessagesEach; message++)
                {
                    await environment.AskAsync(conversation, text);
                }
            });

        var used = await UsedAsync(environment);
        DeploymentFigures.Add($"{name} after {Conversations * MessagesEach} answers, 20 at a time: {used.Values.Sum():0} MiB ({string.Join(", ", used.Select(service => FormattableString.Invariant($"{service.Key} {service.Value:0}")))})");
        foreach (var service in Services)
        {
            Assert.Equal("false 0", await DockerEngine.InspectAsync(environment.Container(service), "{{.State.OOMKilled}} {{.RestartCount}}"));
            var id = await DockerEngine.InspectAsync(environment.Container(service), "{{.Id}}");
            foreach (var events in Directory.EnumerateFiles("/sys/fs/cgroup", "memory.events", SearchOption.AllDirectories).Where(path => path.Contains(id, StringComparison.Ordinal)))
            {
                Assert.Contains("oom_kill 0", await File.ReadAllTextAsync(events, TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Memory in use by service, MiB, as <c>docker stats</c> counts it.</summary>
    private static async Task<Dictionary<string, double>> UsedAsync(DeployedEnvironment environment)
    {
        Dictionary<string, double> used = [];
        foreach (var service in Services)
        {
            var text = (await DockerEngine.RunAsync("stats", "--no-stream", "--format", "{{.MemUsage}}", environment.Container(service))).Split(' ')[0];
            used[service] = double.Parse(text[..^3], CultureInfo.InvariantCulture) * (text[^3..] switch
            {
                "KiB" => 1.0 / 1024,
                "MiB" => 1,
                "GiB" => 1024,
                _ => throw new InvalidOperationException($"docker stats says '{text}'."),
            });
        }

        return used;
    }
}
