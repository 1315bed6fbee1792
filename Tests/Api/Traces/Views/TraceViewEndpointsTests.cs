using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Traces;

namespace Platform.Tests.Api.Traces.Views;

public sealed class TraceViewEndpointsTests(TraceApi api) : IClassFixture<TraceApi>
{
    private const string Views = "/api/v1/trace-views";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task View_SavedChangedAndDeleted_IsListedMeanwhile()
    {
        var saved = await SaveAsync("Failures of Ada ü", "?outcome=failed&bot=ada&cursor=abc&limit=9&model=&columns=time,bot");
        Assert.Equal("bot=ada&outcome=failed&columns=time,bot", saved.Query);

        var changed = await SaveAsync("Failures of Ada ü", "from=24h&sort=duration&order=asc");
        Assert.Equal("from=24h&sort=duration&order=asc", changed.Query);
        Assert.Equal(saved.CreatedAt, changed.CreatedAt);
        Assert.Equal(changed, Assert.Single((await ListAsync()).Views, view => view.Name == "Failures of Ada ü"));

        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync("Failures of Ada ü"));
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync("Failures of Ada ü"));
        Assert.DoesNotContain((await ListAsync()).Views, view => view.Name == "Failures of Ada ü");
    }

    [Theory]
    [InlineData("outcome=happy", "outcome must be one of")]
    [InlineData("from=yesterday", "from must be a time")]
    [InlineData("sort=size", "sort must be one of time, duration")]
    [InlineData("order=down", "order must be one of desc, asc")]
    [InlineData("columns=time,size", "columns must be a list of outcome, time")]
    [InlineData("nonsense=1", "'nonsense' is not a parameter")]
    public async Task Save_QueryThatTheListRefuses_IsRefused(string query, string reason)
    {
        using var response = await PutAsync("view", query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, await DetailAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%20%20", "missing")]
    [InlineData("a%0Ab", "control characters")]
    [InlineData("a%2Fb", "slash")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901", "has 61 characters")]
    public async Task Save_UnusableName_IsRefused(string name, string reason)
    {
        using var response = await api.Client.PutAsJsonAsync(new Uri($"{Views}/{name}", UriKind.Relative), new SaveTraceViewRequest(""), WireJson.Options, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, await DetailAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_LongQuery_SaysHowLongItMayBe()
    {
        using var response = await PutAsync("long", $"q={new string('x', 2000)}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("at most 2000", await DetailAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Views_OfAnotherKeyOrTenant_AreNotVisible()
    {
        await api.Database.ExecuteAsync(
            """
            insert into tenants (id, name) values ('views', 'Views') on conflict do nothing;
            insert into saved_views (tenant_id, principal, name, query) values ('views', 'api-key', 'foreign', ''), ('home', 'auth-token', 'foreign', '');
            """,
            Token);

        Assert.DoesNotContain((await ListAsync()).Views, view => view.Name == "foreign");
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync("foreign"));
        Assert.Equal(2, await api.Database.ScalarAsync<long>("select count(*) from saved_views where name = 'foreign'", Token));
    }

    [Fact]
    public async Task Save_SixtyAtOnce_KeepsFifty()
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, 60).Select(async number =>
        {
            using var response = await PutAsync($"many {number}", "outcome=failed");
            return response.StatusCode;
        }));

        var kept = (await ListAsync()).Views;
        Assert.Equal(SavedTraceView.MaxPerPrincipal, kept.Count);
        Assert.Contains(HttpStatusCode.Conflict, statuses);

        // One that exists can still be changed.
        Assert.Equal("bot=ada", (await SaveAsync(kept[0].Name, "bot=ada")).Query);
        await api.Database.ExecuteAsync("delete from saved_views where name like 'many %'", Token);
    }

    private async Task<SavedTraceView> SaveAsync(string name, string query)
    {
        using var response = await PutAsync(name, query);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<SavedTraceView>(WireJson.Options, Token) ?? throw new InvalidOperationException("The answer is empty.");
    }

    private Task<HttpResponseMessage> PutAsync(string name, string query) =>
        api.Client.PutAsJsonAsync(new Uri($"{Views}/{Uri.EscapeDataString(name)}", UriKind.Relative), new SaveTraceViewRequest(query), WireJson.Options, Token);

    private Task<SavedTraceViewList> ListAsync() => api.GetAsync<SavedTraceViewList>(Views);

    private async Task<HttpStatusCode> DeleteAsync(string name)
    {
        using var response = await api.Client.DeleteAsync(new Uri($"{Views}/{Uri.EscapeDataString(name)}", UriKind.Relative), Token);
        return response.StatusCode;
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)).GetProperty("detail").GetString() ?? "";
}
