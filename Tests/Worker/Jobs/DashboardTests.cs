using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Hangfire;
using Hangfire.States;
using Platform.Core.Jobs;

namespace Platform.Tests.Worker.Jobs;

public sealed partial class DashboardTests(JobWorker worker) : IClassFixture<JobWorker>
{
    private static readonly string Password = Basic("anyone", JobWorker.Key);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_InProduction_OpensToAKeyAndToNobodyElse()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/jobs", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/jobs", "Bearer wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/jobs", Basic("admin", "wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/jobs", "Basic not-base64!"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/jobs", Basic(JobWorker.Key, "")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/jobs", "Bearer " + JobWorker.Key));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/jobs", Password));
    }

    [Fact]
    public async Task Get_PageOfAnotherSite_IsRefusedInSpiteOfThePassword()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("/jobs", Password, "https://evil.example"));
    }

    [Fact]
    public async Task Get_WithoutKey_MakesABrowserAskForOne()
    {
        using var response = await worker.Process.Client.GetAsync(new Uri("/jobs/", UriKind.Relative), Token);

        Assert.Equal("Basic", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task Get_StylesAndScriptsOfThePage_AreServedToWhoMaySeeIt()
    {
        var page = await TextAsync("/jobs");
        var files = Asset.Matches(page).Select(match => match.Groups[1].Value).ToList();

        Assert.Contains(files, file => file.Contains("/css", StringComparison.Ordinal));
        Assert.Contains(files, file => file.Contains("/js", StringComparison.Ordinal));
        foreach (var file in files)
        {
            Assert.StartsWith("/jobs/", file, StringComparison.Ordinal);
            Assert.NotEmpty(await TextAsync(file));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(file, null));
        }
    }

    [Fact]
    public async Task Get_FailedJob_ShowsItsArgumentsAndWhy()
    {
        var job = Fail(11);

        var failed = await TextAsync("/jobs/jobs/failed");
        Assert.Contains($"/jobs/jobs/details/{job}", failed, StringComparison.Ordinal);
        Assert.Contains("nothing, run 11", failed, StringComparison.Ordinal);
        var details = WebUtility.HtmlDecode(await TextAsync($"/jobs/jobs/details/{job}"));
        Assert.Contains("IMaintenanceJob", details, StringComparison.Ordinal);
        Assert.Contains("It went wrong.", details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requeue_FailedJob_RunsAgainInItsQueue()
    {
        var job = Fail(12);

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("/jobs/jobs/failed/requeue", job, Own));

        await worker.UntilAsync(job, SucceededState.StateName, TestPlatform.Patience);
        Assert.Contains($"/jobs/jobs/details/{job}", await TextAsync("/jobs/jobs/succeeded"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_FailedJob_IsDeleted()
    {
        var job = Fail(13);

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("/jobs/jobs/failed/delete", job, Own));

        await worker.UntilAsync(job, DeletedState.StateName, TestPlatform.Patience);
    }

    [Fact]
    public async Task Delete_FormOfAnotherSite_ChangesNothing()
    {
        var job = Fail(14);

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("/jobs/jobs/failed/delete", job, "https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("/jobs/jobs/failed/delete", job, "null"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("/jobs/jobs/failed/delete", job, Own, authorization: null));

        await worker.UntilAsync(job, FailedState.StateName, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("/jobs/stats", null, "", HttpStatusCode.OK)]
    [InlineData("/jobs/stats", "application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/jobs/stats", "multipart/form-data", "x", HttpStatusCode.BadRequest)]
    [InlineData("/jobs/jobs/failed/delete", null, "", HttpStatusCode.UnprocessableEntity)]
    public async Task Post_NoForm_IsAnsweredWithThePolicyOfAllPages(string path, string? type, string body, HttpStatusCode expected)
    {
        using var request = Request(HttpMethod.Post, path, Password, Own);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await worker.Process.Client.SendAsync(request, Token);

        Assert.Equal(expected, response.StatusCode);
        Assert.Contains("frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("99999999999999999999")]
    public async Task Get_JobIdThatIsNone_IsNoFailureOfTheServer(string id) =>
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync($"/jobs/jobs/details/{id}", Password));

    /// <summary>The address that a browser names as the form's origin.</summary>
    private string Own => worker.Process.BaseAddress.GetLeftPart(UriPartial.Authority);

    [GeneratedRegex("""(?:href|src)="(/jobs/(?:css|js)[^"]*)["]""")]
    private static partial Regex Asset { get; }

    private static string Basic(string user, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    /// <summary>A job that failed; run again, it does nothing, for there is no such schedule.</summary>
    private string Fail(long number) => worker.Jobs.Client.Create<IMaintenanceJob>(
        JobQueues.Maintenance, job => job.RunAsync("nothing", number, CancellationToken.None), new FailedState(new InvalidOperationException("It went wrong.")));

    private async Task<string> TextAsync(string path)
    {
        using var request = Request(HttpMethod.Get, path, Password, origin: null);
        using var response = await worker.Process.Client.SendAsync(request, Token);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}");
        return await response.Content.ReadAsStringAsync(Token);
    }

    private async Task<HttpStatusCode> PostAsync(string path, string job, string origin, string? authorization = "the password")
    {
        using var request = Request(HttpMethod.Post, path, authorization is null ? null : Password, origin);
        request.Content = new FormUrlEncodedContent([new("jobs[]", job)]);
        using var response = await worker.Process.Client.SendAsync(request, Token);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string? authorization, string? origin = null)
    {
        using var request = Request(HttpMethod.Get, path, authorization, origin);
        using var response = await worker.Process.Client.SendAsync(request, Token);
        return response.StatusCode;
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? authorization, string? origin)
    {
        var request = new HttpRequestMessage(method, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        return request;
    }
}
