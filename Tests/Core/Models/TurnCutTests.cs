using Platform.Core.Models.Calls;


namespace Platform.Tests.Core.Models;

public sealed class TurnCutTests
{
    [Theory]
    [InlineData(" Hi.\nSam: no", "Hi.", true)]
    [InlineData("Hi.\nSamantha is here", "Hi.\nSamantha is here", false)]
    [InlineData("Sam: said I", "Sam: said I", false)]
    [InlineData("A list\n\nSam", "A list\n\nSam", false)]
    [InlineData("One\nSa\nSam:", "One\nSa", true)]
    [InlineData("   ", "", false)]
    public void Push_AnyPieces_HandsOutTheSameText(string text, string expected, bool isOver)
    {
        for (var size = 1; size <= text.Length; size++)
        {
            var cut = new TurnCut(["Sam", "Robin"]);

            var handedOut = string.Concat(text.Chunk(size).Select(piece => cut.Push(new string(piece)))) + cut.Flush();

            Assert.Equal((expected, isOver), (handedOut, cut.IsOver));
        }
    }

    [Fact]
    public void Push_NobodyElse_PassesTextAtOnce()
    {
        var cut = new TurnCut([]);

        Assert.Equal(" x\n", cut.Push(" x\n"));
    }
}
