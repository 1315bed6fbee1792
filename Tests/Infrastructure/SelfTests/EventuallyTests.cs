using Xunit.Sdk;

namespace Platform.Tests.Infrastructure.SelfTests;

public sealed class EventuallyTests
{
    [Fact]
    public async Task TrueAsync_NeverTrue_FailsNamingTheReason()
    {
        var failure = await Assert.ThrowsAnyAsync<XunitException>(
            () => Eventually.TrueAsync(() => false, TimeSpan.FromMilliseconds(60), "the moon is full"));

        Assert.Contains("the moon is full", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrueAsync_TrueLater_Returns()
    {
        var asked = 0;

        await Eventually.TrueAsync(() => ++asked == 3, TimeSpan.FromSeconds(10), "asked three times");

        Assert.Equal(3, asked);
    }
}
