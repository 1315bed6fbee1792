extern alias web;

using Platform.Contracts.Traces;
using web::Platform.Web.Features.Traces;

namespace Platform.Tests.Web.Features.Traces;

public sealed class TraceTokensTests
{
    [Theory]
    [InlineData(0, 0, 0, 0L, 0L)]
    [InlineData(1, 0, 0, null, null)]
    [InlineData(2, 900, 0, 900L, 0L)]
    public void Of_CallsWithoutTokens_AreUnknown(int calls, long tokensIn, long tokensOut, long? shownIn, long? shownOut) =>
        Assert.Equal((shownIn, shownOut), TraceTokens.Of(StubWorld.Summary("t1", TraceOutcome.Failed) with { LlmCallCount = calls, TokensIn = tokensIn, TokensOut = tokensOut }));
}
