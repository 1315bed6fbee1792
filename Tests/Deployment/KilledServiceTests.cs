using System.Globalization;

namespace Platform.Tests.Deployment;

/// <summary>A service that is killed comes back, and what was acknowledged is there.</summary>
[Collection(DeploymentCollection.Name)]
[Trait("Category", "DeploymentLong")]
public sealed class KilledServiceTests(DeploymentMachine machine)
{
    /// <summary>The kernel kills it, as when memory runs out or a bug brings it down: the restart policy brings it back.</summary>
    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    [InlineData("web")]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task Process_Dies_ServiceComesBackByItself(string service)
    {
        await machine.RequireAsync();
        var conversation = await machine.Staging.AskAsync($"Before {service} died.");
        var said = await machine.Staging.SaidAsync(conversation);

        var started = await StartedAtAsync(service);
        await machine.Staging.BesideAsync(service, "kill -9 $(cat /proc/1/task/1/children)");

        await AssertIsBackAsync(service, started, conversation, said);
    }

    /// <summary>The engine takes <c>docker kill</c> for somebody's wish and leaves the container alone; <c>./platform watch</c> does not.</summary>
    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    [InlineData("web")]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task DockerKill_WatchRuns_ServiceComesBack(string service)
    {
        await machine.RequireAsync();
        var conversation = await machine.Staging.AskAsync($"Before {service} was killed.");
        var said = await machine.Staging.SaidAsync(conversation);
        await using var watch = machine.StartPlatform("watch", "staging");

        var started = await StartedAtAsync(service);
        await DockerEngine.RunAsync("kill", machine.Staging.Container(service));

        await AssertIsBackAsync(service, started, conversation, said);
        Assert.Contains($"{service} exited with 137: starting it.", watch.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DockerStop_WatchRuns_ServiceStaysStopped()
    {
        await machine.RequireAsync();
        await using var watch = machine.StartPlatform("watch", "staging");

        await DockerEngine.RunAsync("stop", machine.Staging.Container("web"));
        await DockerEngine.RunAsync("kill", machine.Staging.Container("worker"));
        await Eventually.TrueAsync(() => watch.Output.Contains("worker exited with 137", StringComparison.Ordinal), DeployedEnvironment.Patience, "the watch noticed the worker");

        Assert.Equal("exited", await DockerEngine.InspectAsync(machine.Staging.Container("web"), "{{.State.Status}}"));
    }

    /// <summary>A process that lives and does nothing: the engine only calls it unhealthy.</summary>
    [Fact]
    public async Task Process_Hangs_WatchRestartsIt()
    {
        await machine.RequireAsync();
        await using var watch = machine.StartPlatform("watch", "staging");
        var started = await StartedAtAsync("api");

        await machine.Staging.BesideAsync("api", "kill -STOP $(cat /proc/1/task/1/children)");

        await Eventually.TrueAsync(async _ => await StartedAtAsync("api") != started, TimeSpan.FromMinutes(5), "the hanging api is restarted");
        Assert.Contains("api has been unhealthy for 60 s: restarting it.", watch.Output, StringComparison.Ordinal);
        await machine.Staging.BecomesHealthyAsync("the api is healthy again");
    }

    /// <summary>The worker dies in the middle of an answer: another start of it finishes the answer, once.</summary>
    [Fact]
    public async Task Worker_DiesDuringAnAnswer_AnswerIsStoredOnce()
    {
        await machine.RequireAsync();
        var conversation = await machine.Staging.AskAsync("First.");

        var asking = machine.Staging.AskAsync(conversation, "Second, during which you die.");
        await machine.Staging.BesideAsync("worker", "kill -9 $(cat /proc/1/task/1/children)");
        await asking;

        var said = await machine.Staging.SaidAsync(conversation);
        Assert.Equal(4, said.Count);
    }

    private async Task<string> StartedAtAsync(string service) => await DockerEngine.InspectAsync(machine.Staging.Container(service), "{{.State.StartedAt}}");

    private async Task AssertIsBackAsync(string service, string startedBefore, string conversation, IReadOnlyList<string> said)
    {
        await Eventually.TrueAsync(async _ => await StartedAtAsync(service) != startedBefore, DeployedEnvironment.Patience, $"{service} is started again");
        await machine.Staging.BecomesHealthyAsync($"{service} is healthy again");
        var began = DateTimeOffset.Parse(startedBefore, CultureInfo.InvariantCulture);
        Assert.True(DateTimeOffset.Parse(await StartedAtAsync(service), CultureInfo.InvariantCulture) > began);

        await machine.Staging.AskAsync(conversation, "Are you back?");
        var now = await machine.Staging.SaidAsync(conversation);
        Assert.Equal(said, now.Take(said.Count));
    }
}
