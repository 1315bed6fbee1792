extern alias web;

using web::Platform.Web.Features.Traces;

namespace Platform.Tests.Web.Features.Traces;

public sealed class CachePanelTests
{
    [Theory]
    [InlineData(1000, 800, 100, 1000)]
    [InlineData(100, 800, 100, 1000)]
    [InlineData(1000, null, null, 1000)]
    public void PromptOf_InputWithOrWithoutCachedTokens_IsTheWholePrompt(int input, int? read, int? write, long whole) =>
        Assert.Equal(whole, CachePanel.PromptOf(SampleTraces.Call() with { TokensIn = input, CacheReadTokens = read, CacheWriteTokens = write }));
}
