using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.ServiceDefaults.Correlation;

namespace Platform.Tests.ServiceDefaults.Correlation;

public class CorrelationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_WithId_GetsItBackAndItsLogsCarryIt()
    {
        await using var host = await DefaultsHost.StartAsync(map: app =>
            app.MapGet("/", (ILogger<CorrelationTests> logger) => logger.LogInformation("Handled")));

        using var response = await SendAsync(host.Client, "job-42_a.b");

        Assert.Equal("job-42_a.b", Assert.Single(response.Headers.GetValues(CorrelationId.HeaderName)));
        var entry = Assert.Single(host.Logs.Entries, entry => entry.Message == "Handled");
        Assert.Equal("job-42_a.b", entry.Fields[CorrelationId.LogField]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("has space")]
    [InlineData("quote\"d")]
    public async Task Request_WithoutUsableId_GetsANewOne(string? sent)
    {
        await using var host = await DefaultsHost.StartAsync(map: app => app.MapGet("/", () => "ok"));

        using var response = await SendAsync(host.Client, sent);

        var id = Assert.Single(response.Headers.GetValues(CorrelationId.HeaderName));
        Assert.NotEqual(sent, id);
        Assert.Matches("^[0-9a-f]{32}$", id);
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void AcceptOrCreate_Length_IsBounded(int length, bool accepted)
    {
        var candidate = new string('a', length);

        Assert.Equal(accepted, CorrelationId.AcceptOrCreate(candidate) == candidate);
    }

    [Fact]
    public async Task OutgoingCall_InsideARequest_CarriesTheId()
    {
        await using var inner = await DefaultsHost.StartAsync(map: app =>
            app.MapGet("/", (HttpRequest request) => request.Headers[CorrelationId.HeaderName].ToString()));
        var address = inner.Client.BaseAddress;
        await using var outer = await DefaultsHost.StartAsync(
            services => services.AddHttpClient(),
            app => app.MapGet("/", (IHttpClientFactory clients) => clients.CreateClient().GetStringAsync(address, Token)));

        using var response = await SendAsync(outer.Client, "through");

        Assert.Equal("through", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Request_EndpointThrows_StillGetsTheId()
    {
        await using var host = await DefaultsHost.StartAsync(map: app =>
            app.MapGet("/", string () => throw new InvalidOperationException("broken")));

        using var response = await SendAsync(host.Client, "broken-1");

        Assert.Equal(500, (int)response.StatusCode);
        Assert.Contains(host.Logs.Entries, entry => entry.Level == LogLevel.Error);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string? id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (id is not null)
        {
            request.Headers.TryAddWithoutValidation(CorrelationId.HeaderName, id);
        }

        return await client.SendAsync(request, Token);
    }
}
