using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Tests.Infrastructure.SelfTests;

[Trait("Category", "Browser")]
public sealed class BrowserTests(Browser browser) : IAsyncLifetime
{
    private const string Document = "<!doctype html><title>Hello</title><style>body{background:white}@media(prefers-color-scheme:dark){body{background:black}}</style><h1>Hello</h1>";

    private readonly Uri _address = new($"http://127.0.0.1:{FreePort.Next()}");
    private WebApplication _site = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls(_address.OriginalString);
        _site = builder.Build();
        _site.Run(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(Document);
        });
        await _site.StartAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task NewPageAsync_DarkPhone_ShowsThePageSo()
    {
        var page = await browser.NewPageAsync(_address, Cancellation, width: 390, ColourScheme.Dark);

        await page.GotoAsync("/");

        Assert.Equal("Hello", await page.TitleAsync());
        Assert.Equal(390, await page.EvaluateAsync<int>("innerWidth"));
        Assert.True(await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ScreenshotsAsync_APage_WritesDifferentPictures()
    {
        var page = await browser.NewPageAsync(_address, Cancellation);
        await page.GotoAsync("/");

        var files = await Browser.ScreenshotsAsync(page, "self-test");

        Assert.Equal(Browser.Pictures.Count, files.Select(file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))).Distinct().Count());
        await page.Context.CloseAsync();
    }
}
