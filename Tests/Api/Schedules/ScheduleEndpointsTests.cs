using System.Net;
using Platform.Contracts.Jobs;
using Platform.Contracts.Retention;
using Platform.Contracts.Schedules;

namespace Platform.Tests.Api.Schedules;

[Collection(SharedPlatformCollection.Name)]
public sealed class ScheduleEndpointsTests(SharedPlatform shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunSchedule_LongOne_RunsAsAJobOnTheWorkerAndShows()
    {
        var platform = await shared.GetAsync(Token);
        var before = await FindAsync(platform, "retention-by-age");

        using var response = await platform.Client.PostAsync(new Uri("/api/v1/schedules/retention-by-age/run", UriKind.Relative), null, Token);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var after = before;
        await Eventually.TrueAsync(
            async _ => (after = await FindAsync(platform, "retention-by-age")).Last is { Cause: ScheduleRunCause.Asked, State: ScheduleRunState.Succeeded } last
                && last.Number > (before.Last?.Number ?? 0),
            TestPlatform.Patience,
            "the run that was asked for ends");
        Assert.Equal(3600, after.PeriodSeconds);
        var jobs = await platform.GetAsync<JobList>("/api/v1/jobs", Token);
        Assert.Contains(jobs.Recent, job => job.State == JobState.Succeeded && job.Name == $"retention-by-age, run {after.Last?.Number}");
        Assert.Equal(1, jobs.Servers);
    }

    [Fact]
    public async Task RunSchedule_Unknown_IsNotFound()
    {
        var platform = await shared.GetAsync(Token);

        using var response = await platform.Client.PostAsync(new Uri("/api/v1/schedules/no-such/run", UriKind.Relative), null, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task RunSchedule_EveryOne_Succeeds()
    {
        var platform = await shared.GetAsync(Token);
        var names = (await platform.GetAsync<ScheduleList>("/api/v1/schedules", Token)).Schedules.Select(one => one.Name).ToList();
        Assert.NotEmpty(names);

        foreach (var name in names)
        {
            using var response = await platform.Client.PostAsync(new Uri($"/api/v1/schedules/{name}/run", UriKind.Relative), null, Token);
            await Eventually.TrueAsync(
                async _ => (await FindAsync(platform, name)) is { Asked: false, Current: null, Last: not null }, TestPlatform.Patience, $"{name} has run");
            Assert.Null((await FindAsync(platform, name)).Last?.Error);
        }
    }

    [Fact]
    public async Task GetRetention_Defaults_TellsClassesAndTheCap()
    {
        var platform = await shared.GetAsync(Token);

        var report = await platform.GetAsync<RetentionReport>("/api/v1/retention", Token);

        Assert.Equal((3, 7, null, 365), (
            Keep(report, "bodies"), Keep(report, "traces"), Keep(report, "imported-traces"), Keep(report, "messages")));
        Assert.Equal(20L << 30, report.MaxSizeBytes);
        Assert.True(report.DatabaseSizeBytes > 1_000_000);
    }

    private static double? Keep(RetentionReport report, string name) => Assert.Single(report.Classes, one => one.Name == name).KeepDays;

    private static async Task<ScheduleResponse> FindAsync(TestPlatform platform, string name)
    {
        ScheduleResponse? found = null;
        await Eventually.TrueAsync(
            async token => (found = (await platform.GetAsync<ScheduleList>("/api/v1/schedules", token)).Schedules.SingleOrDefault(one => one.Name == name)) is not null,
            TestPlatform.Patience,
            $"{name} is listed");
        return found ?? throw new InvalidOperationException("The condition held without a schedule.");
    }
}
