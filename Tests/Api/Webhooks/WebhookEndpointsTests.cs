using System.Net;
using System.Net.Http.Json;
using Platform.Contracts;
using Platform.Contracts.Webhooks;

namespace Platform.Tests.Api.Webhooks;

[Collection(SharedPlatformCollection.Name)]
public sealed class WebhookEndpointsTests(SharedPlatform shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("not a url", "*", "https://example.org/hook")]
    [InlineData("ftp://example.org/", "*", "http or https")]
    [InlineData("http://me:secret@example.org/", "*", "Remove it")]
    [InlineData("http://169.254.169.254/latest", "*", "Use another host")]
    [InlineData("http://[fe80::1]/", "*", "Use another host")]
    [InlineData("https://example.org/", "message.deleted", "message.created")]
    [InlineData("https://example.org/", null, "No events are selected")]
    public async Task Create_SomethingThatCannotWork_NamesTheRemedy(string url, string? type, string remedy)
    {
        var platform = await shared.GetAsync(Token);

        using var response = await platform.Client.PostAsJsonAsync(
            "/api/v1/webhooks", new CreateWebhookRequest(url, type is null ? [] : [type]), WireJson.Options, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(remedy, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Webhook_ShowsItsSecretOnce()
    {
        var platform = await shared.GetAsync(Token);

        using var response = await platform.Client.PostAsJsonAsync(
            "/api/v1/webhooks", new CreateWebhookRequest("http://127.0.0.1:9/?token=abc", ["message.*"], "mine"), WireJson.Options, Token);
        var created = await response.Content.ReadFromJsonAsync<WebhookResponse>(WireJson.Options, Token);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.StartsWith("whsec_", created?.Secret, StringComparison.Ordinal);
        var again = await platform.Client.GetStringAsync(response.Headers.Location, Token);
        Assert.DoesNotContain("whsec_", again, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", again, StringComparison.Ordinal);
        using var deleted = await platform.Client.DeleteAsync(response.Headers.Location, Token);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await platform.Client.GetAsync(response.Headers.Location, Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/outbox?kind=pigeon", "webhook")]
    [InlineData("/api/v1/outbox?limit=0", "1 to 200")]
    [InlineData("/api/v1/dead-letters?cursor=x", "next_cursor")]
    public async Task List_AskedForSomethingElse_NamesTheRemedy(string path, string remedy)
    {
        var platform = await shared.GetAsync(Token);

        using var response = await platform.Client.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(remedy, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }
}
