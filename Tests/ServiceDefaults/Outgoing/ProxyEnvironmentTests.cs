using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Platform.Contracts;
using Platform.Contracts.Activations;
using Platform.Contracts.Webhooks;

namespace Platform.Tests.ServiceDefaults.Outgoing;

/// <summary>Real hosts whose environment names a proxy for everything.</summary>
[Collection(OtlpCollector.Collection)]
public sealed class ProxyEnvironmentTests(LocalPostgres postgres, LocalRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_ProxyInTheEnvironment_IsAskedForModelsAndWebhooksOnly()
    {
        await using var proxy = await RecordingProxy.StartAsync(Token);
        await using var collector = await OtlpCollector.StartAsync(Token);
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var platform = await StartAsync(proxy, collector.Settings);
        platform.Settings["services__api__http__0"] = platform.Api.BaseAddress.OriginalString;
        var web = await platform.AddHostAsync("Web", Token);
        using (var page = await web.Client.GetAsync(new Uri("/chat", UriKind.Relative), Token))
        {
            Assert.Contains("talker", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        using var subscribed = await platform.Client.PostAsJsonAsync(
            "/api/v1/webhooks", new CreateWebhookRequest(receiver.BaseAddress + "hook", ["activation.answered"]), WireJson.Options, Token);
        subscribed.EnsureSuccessStatusCode();
        platform.Models.Enqueue(ModelReply.Answer("Forty-two."));
        var conversation = await platform.ConverseAsync("talker", Token);
        var posted = await platform.PostAsync(conversation.Id, "What is the answer?", Token);
        Assert.Equal(ActivationState.Answered, (await platform.EndOfAsync(posted.ActivationId, Token)).State);
        await Eventually.TrueAsync(_ => Task.FromResult(receiver.Deliveries.Count > 0), TestPlatform.Patience, "the webhook arrived");
        await Eventually.TrueAsync(_ => Task.FromResult(collector.Spans.Any(span => span.Name == "activation")), TestPlatform.Patience, "the spans came");
        foreach (var host in (HostProcess[])[platform.Api, platform.Worker, web])
        {
            Assert.Equal(0, await HealthAsync(platform, host));
        }

        Assert.Equal(
            new[] { platform.Models.BaseAddress.Authority, receiver.BaseAddress.Authority }.Order(StringComparer.Ordinal),
            proxy.Servers.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Hosts_OtlpUseProxy_AsksTheProxyForTheCollector()
    {
        await using var proxy = await RecordingProxy.StartAsync(Token);
        await using var collector = await OtlpCollector.StartAsync(Token);
        await using var api = await StartApiAsync(proxy, new Dictionary<string, string?>(collector.Settings) { ["OTLP_USE_PROXY"] = "true" });

        await Eventually.TrueAsync(_ => Task.FromResult(proxy.Servers.Contains(collector.Address.Authority)), TestPlatform.Patience, "the proxy was asked");
    }

    [Fact]
    public async Task Hosts_OtlpOverGrpc_CallTheCollectorDirectly()
    {
        await using var proxy = await RecordingProxy.StartAsync(Token);
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var address = $"http://{collector.LocalEndpoint}";
        await using var api = await StartApiAsync(
            proxy, new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address, ["OTEL_BSP_SCHEDULE_DELAY"] = "200", ["OTEL_BLRP_SCHEDULE_DELAY"] = "200" });

        using var connection = await collector.AcceptTcpClientAsync(Token).AsTask().WaitAsync(TestPlatform.Patience, Token);

        Assert.Empty(proxy.Servers);
    }

    /// <summary>A host alone: that it exports at all needs no database.</summary>
    private static async Task<HostProcess> StartApiAsync(RecordingProxy proxy, IReadOnlyDictionary<string, string?> more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings__platformdb"] = "Host=127.0.0.1;Port=9;Username=nobody;Database=none",
            ["ConnectionStrings__redis"] = "127.0.0.1:9",
        };
        foreach (var (name, value) in proxy.Variables.Concat(more))
        {
            settings[name] = value;
        }

        var host = HostProcess.Start("Api", settings);
        await host.WaitUntilAnsweringAsync(TestPlatform.Patience, Token);
        return host;
    }

    private async Task<TestPlatform> StartAsync(RecordingProxy proxy, IReadOnlyDictionary<string, string?> more) =>
        await TestPlatform.StartAsync(
            postgres,
            await redis.ConnectionStringAsync(Token),
            Token,
            settings =>
            {
                foreach (var (name, value) in proxy.Variables.Concat(more))
                {
                    settings[name] = value;
                }
            });

    private static async Task<int> HealthAsync(TestPlatform platform, HostProcess host)
    {
        await using var command = HostProcess.Start(
            host.Project, new Dictionary<string, string?>(platform.Settings) { ["ASPNETCORE_URLS"] = host.BaseAddress.OriginalString }, "health");
        await command.WaitForExitAsync(Token);
        return command.ExitCode;
    }
}
