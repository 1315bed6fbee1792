using System.Net;
using System.Text;
using System.Text.Json;

namespace Platform.Tests.Api.Errors;

[Collection(SharedPlatformCollection.Name)]
public sealed class FailureHandlerTests(SharedPlatform shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"bot":"a\u0000b"}""")]
    [InlineData("""{"bot":"rehearsed","metadata":{"a":1e999999}}""")]
    [InlineData("""{"bot":"rehearsed","metadata":{"a":"\ud800"}}""")]
    public async Task Post_WhatPostgresCannotHold_IsTheRequestsFault(string json)
    {
        var platform = await shared.GetAsync(Token);
        using var body = new StringContent(json, Encoding.UTF8, "application/json");

        using var response = await platform.Client.PostAsync(new Uri("/api/v1/conversations", UriKind.Relative), body, Token);

        await AssertMalformedAsync(response);
    }

    [Theory]
    [InlineData("/api/v1/traces?q=%00")]
    [InlineData("/api/v1/traces?bot=%00")]
    public async Task Get_WhatPostgresCannotCompare_IsTheRequestsFault(string path)
    {
        var platform = await shared.GetAsync(Token);

        using var response = await platform.Client.GetAsync(new Uri(path, UriKind.Relative), Token);

        await AssertMalformedAsync(response);
    }

    [Fact]
    public async Task Post_UnknownCharset_SaysWhatIsRead()
    {
        var platform = await shared.GetAsync(Token);
        using var body = new StringContent("""{"bot":"rehearsed"}""");
        body.Headers.Remove("Content-Type");
        body.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=klingon");

        using var response = await platform.Client.PostAsync(new Uri("/api/v1/conversations", UriKind.Relative), body, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("UTF-8", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static async Task AssertMalformedAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("/problems/malformed-request", problem.RootElement.GetProperty("type").GetString());
    }
}
