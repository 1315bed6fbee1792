using System.Net.Http.Json;
using Platform.Contracts;
using Platform.Contracts.Outbox;
using Platform.Contracts.Webhooks;

namespace Platform.Tests.Worker.Webhooks;

/// <summary>A platform whose failed deliveries are tried again in tenths of seconds, and a receiver.</summary>
public sealed class WebhookSite(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    public TestPlatform Platform { get; private set; } = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Platform = await TestPlatform.StartAsync(
        postgres,
        await redis.ConnectionStringAsync(Token),
        Token,
        settings =>
        {
            settings["Outbox__FirstRetryDelay"] = "00:00:00.050";
            settings["Outbox__FirstPause"] = "00:00:00.050";
            settings["Outbox__PollInterval"] = "00:00:00.050";
            settings["HTTP_TIMEOUT"] = "20";
        });

    public ValueTask DisposeAsync() => Platform.DisposeAsync();

    /// <summary>Subscribes the receiver, which learns the secret.</summary>
    public async Task<WebhookResponse> SubscribeAsync(WebhookReceiver receiver, params string[] types)
    {
        using var response = await Platform.Client.PostAsJsonAsync(
            "/api/v1/webhooks", new CreateWebhookRequest(receiver.BaseAddress + "hook?key=hidden", types), WireJson.Options, Token);
        var webhook = await ReadAsync<WebhookResponse>(response);
        receiver.Secrets[webhook.Secret ?? throw new InvalidOperationException("A new webhook shows its secret.")] = 0;
        return webhook;
    }

    public async Task<T> SendAsync<T>(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: WireJson.Options) };
        using var response = await Platform.Client.SendAsync(request, Token);
        return await ReadAsync<T>(response);
    }

    public async Task SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await Platform.Client.SendAsync(request, Token);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Token)}");
    }

    /// <summary>Sends a ping to a webhook.</summary>
    /// <returns>The id that the receiver sees.</returns>
    public async Task<string> PingAsync(WebhookResponse webhook) =>
        (await SendAsync<WebhookTestResponse>(HttpMethod.Post, $"/api/v1/webhooks/{webhook.Id}/test")).WebhookId;

    /// <summary>Waits until a webhook is as expected.</summary>
    public async Task<WebhookResponse> WebhookAsync(WebhookResponse webhook, Func<WebhookResponse, bool> isExpected)
    {
        var now = webhook;
        await Eventually.TrueAsync(
            async token => isExpected(now = await Platform.GetAsync<WebhookResponse>($"/api/v1/webhooks/{webhook.Id}", token)),
            TestPlatform.Patience,
            $"the webhook changes, it is {now}; the worker says:\n{Platform.Worker.Log}");
        return now;
    }

    /// <summary>Waits until something of a webhook is a dead letter.</summary>
    public async Task<DeadLetterResponse> DeadLetterOfAsync(WebhookResponse webhook)
    {
        DeadLetterList? list = null;
        await Eventually.TrueAsync(
            async token =>
            {
                list = await Platform.GetAsync<DeadLetterList>($"/api/v1/dead-letters?target={webhook.Id}", token);
                return list.DeadLetters.Count > 0;
            },
            TestPlatform.Patience,
            $"a dead letter of {webhook.Id}; the worker says:\n{Platform.Worker.Log}");
        return list?.DeadLetters[0] ?? throw new InvalidOperationException("The condition held without an answer.");
    }

    /// <summary>Waits until the receiver has so many deliveries.</summary>
    public Task ArrivedAsync(WebhookReceiver receiver, int count) => Eventually.TrueAsync(
        () => receiver.Deliveries.Count >= count,
        TestPlatform.Patience,
        $"{count} deliveries, there are {receiver.Deliveries.Count}; the worker says:\n{Platform.Worker.Log}");

    /// <summary>Waits until nothing waits for a webhook any more.</summary>
    public Task SettledAsync(WebhookResponse webhook) => Eventually.TrueAsync(
        async token => (await Platform.GetAsync<OutboxResponse>($"/api/v1/outbox?target={webhook.Id}", token)).Effects.Count == 0,
        TestPlatform.Patience,
        $"nothing waits for {webhook.Id}");

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Token)}");
        return await response.Content.ReadFromJsonAsync<T>(WireJson.Options, Token) ?? throw new InvalidOperationException("An empty answer.");
    }
}
