namespace Platform.Tests.Api.Commands;

[Collection(SharedPlatformCollection.Name)]
public sealed class SmokeCommandTests(SharedPlatform shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Smoke_PlatformThatWorks_EndsWellWithoutAskingAModel()
    {
        var platform = await shared.GetAsync(Token);
        var asked = platform.Models.Requests.Count;

        var (code, said) = await SmokeAsync(platform);

        Assert.Equal((0, true), (code, said.Contains("Smoke test passed", StringComparison.Ordinal)));
        Assert.Equal(asked, platform.Models.Requests.Count);
    }

    [Fact]
    public async Task Smoke_WorkerThatIsGone_FailsAndSaysSo()
    {
        var platform = await shared.GetAsync(Token);
        platform.Worker.Pause();
        try
        {
            var (code, said) = await SmokeAsync(platform, "4");

            Assert.Equal((1, true), (code, said.Contains("timed out after 4 s", StringComparison.Ordinal)));
        }
        finally
        {
            platform.Worker.Resume();
        }
    }

    private static async Task<(int Code, string Said)> SmokeAsync(TestPlatform platform, params string[] arguments)
    {
        var settings = new Dictionary<string, string?>(platform.Settings) { ["ASPNETCORE_URLS"] = platform.Api.BaseAddress.OriginalString };
        await using var smoke = HostProcess.Start("Api", settings, ["smoke", .. arguments]);
        return (await smoke.WaitForExitAsync(Token), smoke.Log);
    }
}
