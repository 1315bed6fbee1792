using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Platform.Tests.Web.Features.Outbox;

public sealed class DeadLettersPageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_DeadLetters_ShowErrorTimesAndAttempts()
    {
        await using var web = await WebHost.StartAsync(SampleOutbox.World());

        var html = await web.HtmlAsync("/dead-letters", Token);

        Assert.Contains("HTTP 500: the lamp store is on fire", html, StringComparison.Ordinal);
        Assert.Contains("2\u00a0h\u00a0ago", html, StringComparison.Ordinal);
        Assert.Contains("after 6 attempts", html, StringComparison.Ordinal);
        Assert.Contains("after 1 attempt", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/activations/{SampleOutbox.Activation}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_SameErrorOfOneEndpoint_IsOneBlockWithAllOfThem()
    {
        var world = SampleOutbox.World();
        var letters = world.DeadLetters.DeadLetters;
        world.DeadLetters = world.DeadLetters with { DeadLetters = [letters[0], letters[1], letters[0] with { Id = "01900000-0000-7000-8000-0000000000d3" }] };
        await using var web = await WebHost.StartAsync(world);

        var html = await web.HtmlAsync("/dead-letters", Token);

        Assert.Contains("2 × HTTP 500: the lamp store is on fire", html, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(html, "class=\"error-line\""));
        Assert.Contains($"value=\"requeue {SampleOutbox.Letter} 01900000-0000-7000-8000-0000000000d3\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"01900000-0000-7000-8000-0000000000d3\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Nothing_ShowsTheEmptyState()
    {
        await using var web = await WebHost.StartAsync();

        var html = await web.HtmlAsync("/dead-letters", Token);

        Assert.Contains("data-empty=\"none\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"filters\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("requeue", "POST", "/api/v1/dead-letters/{0}/requeue")]
    [InlineData("delete", "DELETE", "/api/v1/dead-letters/{0}")]
    public async Task Button_Pressed_CallsTheApiAndConfirms(string action, string method, string path)
    {
        await using var web = await WebHost.StartAsync(SampleOutbox.World());
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/dead-letters", "/dead-letters", new Dictionary<string, string> { ["_handler"] = "act", ["Act"] = $"{action} {SampleOutbox.Letter}" }, Token);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Contains(web.Api.Requests, request => request.Method == method && request.Target == string.Format(null, path, SampleOutbox.Letter));
        Assert.Contains($"data-done=\"{action}\"", await visitor.GetStringAsync(response.Headers.Location, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequeueAll_OneDeletedMeanwhile_RequeuesTheOthersAndShowsTheError()
    {
        var world = SampleOutbox.World();
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();
        var ids = world.DeadLetters.DeadLetters.Select(letter => letter.Id).ToList();
        Assert.Contains($"value=\"requeue {ids[0]} {ids[1]}\"", await web.HtmlAsync("/dead-letters", Token), StringComparison.Ordinal);
        world.DeadLetters = world.DeadLetters with { DeadLetters = [world.DeadLetters.DeadLetters[1]] };

        using var response = await WebHost.SendFormAsync(
            visitor, "/dead-letters", "/dead-letters", new Dictionary<string, string> { ["Act"] = $"requeue {ids[0]} {ids[1]}" }, Token);

        Assert.Contains("There is nothing here.", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.All(ids, id => Assert.Contains(web.Api.Requests, request => request.Target == $"/api/v1/dead-letters/{id}/requeue"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("requeue")]
    [InlineData("requeue nonsense")]
    [InlineData("burn 01900000-0000-7000-8000-0000000000d1")]
    public async Task Button_InvalidValue_ChangesNothing(string act)
    {
        await using var web = await WebHost.StartAsync(SampleOutbox.World());
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(visitor, "/dead-letters", "/dead-letters", new Dictionary<string, string> { ["Act"] = act }, Token);

        Assert.Contains("role=\"alert\"", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.DoesNotContain(web.Api.Requests, request => request.Method is "POST" or "DELETE");
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task Delete_AtBothWidths_AsksFirst()
    {
        await using var web = await WebHost.StartAsync(SampleOutbox.World());
        var page = await browser.NewPageAsync(web.Address, Token);
        await page.GotoAsync("/dead-letters");
        var first = page.Locator($"[id='{SampleOutbox.Letter}']");

        await first.GetByText("Delete …").ClickAsync();
        await Assertions.Expect(first.Locator(".confirm[open] .confirm-box")).ToBeVisibleAsync();
        await Browser.FitsAsync(page);
        await Browser.ScreenshotsAsync(page, "dead-letters-asks");
        Assert.DoesNotContain(web.Api.Requests, request => request.Method == "DELETE");
        await first.GetByRole(AriaRole.Button, new() { Name = "Delete: " }).ClickAsync();

        await Assertions.Expect(page.Locator("[data-done=delete]")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }
}
