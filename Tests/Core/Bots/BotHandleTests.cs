using Platform.Core.Bots;

namespace Platform.Tests.Core.Bots;

public sealed class BotHandleTests
{
    [Theory]
    [InlineData("Maren Oake", "maren-oake")]
    [InlineData("Old Tom's Café", "old-toms-cafe")]
    [InlineData("  --Dr. No--  ", "dr-no")]
    [InlineData("snake_case", "snake_case")]
    [InlineData("日本", "")]
    public void FromName_Name_IsAMentionableHandle(string name, string handle) => Assert.Equal(handle, BotHandle.FromName(name));

    [Theory]
    [InlineData("maren", true)]
    [InlineData("m-2_x", true)]
    [InlineData("Maren", false)]
    [InlineData("@maren", false)]
    [InlineData("-maren", false)]
    [InlineData("", false)]
    [InlineData("maren\n", false)]
    public void IsValid_Candidate_AllowsWhatAMentionCanHold(string handle, bool valid) => Assert.Equal(valid, BotHandle.IsValid(handle));

    [Fact]
    public void FromName_VeryLongName_IsCutToTheLongestHandle() =>
        Assert.Equal(BotHandle.MaxLength, BotHandle.FromName(new string('a', 200)).Length);
}
