using System.Net;
using Hangfire;
using Hangfire.Dashboard;
using Hangfire.States;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Tests.Standins.Jobs;

namespace Platform.Tests.Eng.StandIns.Jobs;

[Collection(JobTests.Name)]
public sealed class DashboardTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_CallerWithoutRight_IsRefusedEverything()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var site = await StartSiteAsync(database);
        using var client = site.GetTestClient();

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/jobs", UriKind.Relative), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/jobs/failed", UriKind.Relative), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(client, "requeue", "1")).StatusCode);
    }

    [Fact]
    public async Task Get_EachPage_ShowsItsJobs()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var host = await JobHost.StartAsync(database, new JobLog { Fails = true });
        await using var site = await StartSiteAsync(database);
        using var client = site.GetTestClient();
        client.DefaultRequestHeaders.Add("X-Let-In", "yes");
        var failed = host.Client.Enqueue<SampleJobs>(jobs => jobs.FailIfTold());
        await host.UntilAsync(failed, FailedState.StateName);
        host.Client.Enqueue<SampleJobs>("unserved", jobs => jobs.Say("hello"));

        Assert.Contains("Two &amp; one", await client.GetStringAsync(new Uri("/jobs", UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.Contains("unserved", await client.GetStringAsync(new Uri("/jobs/enqueued", UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.Contains("It was told to.", await client.GetStringAsync(new Uri("/jobs/failed", UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.Contains("FailIfTold", await client.GetStringAsync(new Uri($"/jobs/details/{failed}", UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme", await client.GetStringAsync(new Uri("/jobs/style.css", UriKind.Relative), Token), StringComparison.Ordinal);
        foreach (var list in new[] { "processing", "scheduled", "succeeded", "deleted" })
        {
            Assert.Contains("There is no such job", await client.GetStringAsync(new Uri($"/jobs/{list}", UriKind.Relative), Token), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/jobs/details/77777", UriKind.Relative), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/jobs/nonsense", UriKind.Relative), Token)).StatusCode);
    }

    [Fact]
    public async Task Requeue_FailedJob_RunsAgainUnlessTheFormIsOfAnotherSite()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var host = await JobHost.StartAsync(database, new JobLog { Fails = true });
        await using var site = await StartSiteAsync(database);
        using var client = site.GetTestClient();
        client.DefaultRequestHeaders.Add("X-Let-In", "yes");
        var job = host.Client.Enqueue<SampleJobs>(jobs => jobs.FailIfTold());
        await host.UntilAsync(job, FailedState.StateName);
        host.Log.Fails = false;

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(client, "requeue", job, origin: "http://evil.example")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(client, "requeue", job, origin: null)).StatusCode);
        Assert.Equal(FailedState.StateName, host.StateOf(job));
        var answer = await PostAsync(client, "requeue", job);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/jobs/failed", answer.Headers.Location?.OriginalString);

        await host.UntilAsync(job, SucceededState.StateName);
        await PostAsync(client, "delete", job);
        Assert.Equal(DeletedState.StateName, host.StateOf(job));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string action, string job, string? origin = "http://localhost")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/jobs/{action}");
        request.Content = new FormUrlEncodedContent([new("id", job), new("back", "failed")]);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await client.SendAsync(request, Token);
    }

    private static async Task<WebApplication> StartSiteAsync(TestDatabase database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<JobLog>();
        JobHost.Add(builder.Services, storage => storage.UseNpgsqlConnection(database.ConnectionString), TimeSpan.FromSeconds(30));
        var site = builder.Build();
        site.UseHangfireDashboard("/jobs", new DashboardOptions
        {
            Authorization = [new LetIn()],
            DashboardTitle = "Two & one",
            DisplayStorageConnectionString = false,
        });
        await site.StartAsync(Token);
        return site;
    }

    private sealed class LetIn : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) => context.GetHttpContext().Request.Headers.ContainsKey("X-Let-In");
    }
}
