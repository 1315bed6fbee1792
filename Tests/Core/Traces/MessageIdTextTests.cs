using Platform.Core.Traces;

namespace Platform.Tests.Core.Traces;

public sealed class MessageIdTextTests
{
    [Theory]
    [InlineData("1443805843513417216", "1443805843513417216")]
    [InlineData("rm_1289595876716707914_1443805843513417216", "1443805843513417216")]
    [InlineData("https://discord.com/channels/1289595876716707911/1289595876716707914/1443805843513417216", "1443805843513417216")]
    [InlineData(" https://discord.com/channels/1/2/1443805843513417216/?x=1 ", "1443805843513417216")]
    [InlineData("timer-17", "timer-17")]
    [InlineData("019ab2f0-0000-7000-8000-123456789012", "019ab2f0-0000-7000-8000-123456789012")]
    public void Normalise_EachForm_GivesTheSnowflakeOrTheIdItself(string id, string expected) =>
        Assert.Equal(expected, MessageIdText.Normalise(id));
}
