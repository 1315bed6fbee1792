using Microsoft.Playwright;

namespace Platform.Tests.Infrastructure;

/// <summary>
/// The installed chromium (the environment's <c>CHROMIUM</c>, else PATH), driven by Playwright and shared by the test run.
/// Without one, tests that ask for a page are skipped; no browser is ever downloaded.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    /// <summary>Widths in CSS pixels at which every page must be usable: a phone and a desktop.</summary>
    public static readonly IReadOnlyList<int> Widths = [390, 1440];

    /// <summary>The screenshots that are taken of a page: each width in both colour schemes with <c>PLATFORM_EXTENDED=true</c>, else each width in one.</summary>
    public static readonly IReadOnlyList<(int Width, ColourScheme Scheme)> Pictures = Repository.IsExtended
        ? [.. Widths.SelectMany(width => Enum.GetValues<ColourScheme>().Select(scheme => (width, scheme)))]
        : [(390, ColourScheme.Dark), (1440, ColourScheme.Light)];

    private static readonly string[] Arguments =
    [
        "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update",
        "--disable-sync", "--disable-quic", "--disable-dev-shm-usage", "--hide-scrollbars",
    ];

    private readonly SemaphoreSlim _starting = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A page in a profile of its own.</summary>
    /// <param name="baseAddress">What relative addresses on the page lead to, such as <c>/traces</c>.</param>
    /// <param name="width">Of the window in CSS pixels.</param>
    public async Task<IPage> NewPageAsync(
        Uri baseAddress, CancellationToken cancellationToken, int width = 1440, ColourScheme scheme = ColourScheme.Light)
    {
        var browser = await StartedAsync(cancellationToken);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = baseAddress.OriginalString,
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 900 },
            ColorScheme = scheme == ColourScheme.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "UTC",
        });
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    /// <summary>
    /// Shows the page's current address as each of <see cref="Pictures"/> and writes the pictures to artifacts/screenshots as
    /// <c>name-390-dark.png</c> and so on.
    /// </summary>
    /// <returns>The files.</returns>
    public static async Task<IReadOnlyList<string>> ScreenshotsAsync(IPage page, string name)
    {
        List<string> files = [];
        foreach (var (width, scheme) in Pictures)
        {
            await page.SetViewportSizeAsync(width, width < 600 ? 844 : 900);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions
            {
                ColorScheme = scheme == ColourScheme.Dark ? ColorScheme.Dark : ColorScheme.Light,
            });
            files.Add(Repository.PathOf("artifacts", "screenshots", $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"));
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = files[^1], FullPage = true });
        }

        return files;
    }

    /// <summary>Fails when the page scrolls sideways at one of <see cref="Widths"/>.</summary>
    public static async Task FitsAsync(IPage page)
    {
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            var surplus = await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth");
            Assert.True(surplus <= 0, $"{page.Url} is {surplus} px too wide at {width} px.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
        _starting.Dispose();
    }

    private async Task<IBrowser> StartedAsync(CancellationToken cancellationToken)
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : ProgramFinder.Find("chromium");
        Assert.SkipWhen(chromium is null, "chromium is not installed: apt-get install chromium, or let ./test do it.");
        await _starting.WaitAsync(cancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = chromium,
                Headless = true,
                // Chromium's sandbox does not run as root.
                ChromiumSandbox = !Environment.IsPrivilegedProcess,
                Args = Arguments,
            });
        }
        finally
        {
            _starting.Release();
        }
    }
}
