using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Outgoing;
using Polly.Timeout;

namespace Platform.Tests.ServiceDefaults.Outgoing;

public class OutgoingHttpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_ServerFailsTwice_IsSentAgain()
    {
        await using var server = await FlakyServer.StartAsync(503, 500);
        await using var services = Services();

        using var response = await Client(services).GetAsync(server.Address, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, server.Calls);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task UnsafeMethod_ServerFails_IsSentOnce(string method)
    {
        await using var server = await FlakyServer.StartAsync(503);
        await using var services = Services();
        using var request = new HttpRequestMessage(new HttpMethod(method), server.Address);

        using var response = await Client(services).SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task Get_NotFound_IsAnAnswer()
    {
        await using var server = await FlakyServer.StartAsync(404);
        await using var services = Services();

        using var response = await Client(services).GetAsync(server.Address, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task Post_ServerNeverAnswers_EndsWithTheTimeout()
    {
        await using var server = await FlakyServer.StartAsync(0);
        await using var services = Services("1s");

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => Client(services).PostAsync(server.Address, null, Token));
    }

    [Fact]
    public async Task WithoutResilience_ServerFails_IsSentOnce()
    {
        await using var server = await FlakyServer.StartAsync(503);
        await using var services = Services(configure: services => services.AddHttpClient("models").WithoutResilience());

        using var response = await Client(services, "models").GetAsync(server.Address, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task WithoutResilience_AnswerTakesLongerThanTheTimeout_Arrives()
    {
        var gate = new TaskCompletionSource();
        await using var host = await DefaultsHost.StartAsync(map: app => app.MapGet("/slow", async () =>
        {
            await gate.Task;
            return "late";
        }));
        await using var services = Services("1s", services => services.AddHttpClient("models").WithoutResilience());
        var address = new Uri(host.Client.BaseAddress!, "/slow");

        var patient = Client(services, "models").GetStringAsync(address, Token);
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => Client(services).GetStringAsync(address, Token));
        gate.SetResult();

        Assert.Equal("late", await patient);
    }

    [Fact]
    public async Task Stream_RunsLongerThanTheTimeout_IsNotCut()
    {
        var gate = new TaskCompletionSource();
        await using var host = await DefaultsHost.StartAsync(map: app => app.MapGet("/stream", async (HttpResponse response) =>
        {
            await response.WriteAsync("first\n", Token);
            await response.Body.FlushAsync(Token);
            await gate.Task;
            await response.WriteAsync("last\n", Token);
        }));
        await using var services = Services("1s");
        var address = new Uri(host.Client.BaseAddress!, "/stream");

        await using var stream = await Client(services).GetStreamAsync(address, Token);
        using var reader = new StreamReader(stream);
        Assert.Equal("first", await reader.ReadLineAsync(Token));

        // The same timeout ends another call meanwhile, so it has passed for the stream too.
        await using var silent = await FlakyServer.StartAsync(0);
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => Client(services).PostAsync(silent.Address, null, Token));
        gate.SetResult();

        Assert.Equal("last", await reader.ReadLineAsync(Token));
    }

    private static HttpClient Client(IServiceProvider services, string name = "") =>
        services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    private static ServiceProvider Services(string timeout = "30s", Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["HTTP_TIMEOUT"] = timeout;
        builder.AddServiceDefaults("test");
        builder.Services.AddHttpClient();
        configure?.Invoke(builder.Services);
        return builder.Services.BuildServiceProvider();
    }
}
