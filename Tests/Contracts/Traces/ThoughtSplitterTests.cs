using Platform.Contracts.Traces;

namespace Platform.Tests.Contracts.Traces;

public sealed class ThoughtSplitterTests
{
    [Theory]
    [InlineData("<think>so</think>Yes.", "so", "Yes.")]
    [InlineData("\n <THINKING>\nso\n</Thinking>\n\n Yes.", "\nso\n", "Yes.")]
    [InlineData("<think></think>\n<thought>b</thought>Yes <think>no</think>", "b", "Yes <think>no</think>")]
    [InlineData("[THINK]so</think>[/THINK]Yes.", "so</think>", "Yes.")]
    [InlineData("<think>so < 3 </thin", "so < 3 </thin", "")]
    [InlineData("<think>a</think>  ", "a", "")]
    [InlineData("<thinker> is a word", "", "<thinker> is a word")]
    [InlineData("Yes. <think>no</think>", "", "Yes. <think>no</think>")]
    [InlineData("  <thi", "", "  <thi")]
    [InlineData(" \n plain", "", " \n plain")]
    [InlineData("", "", "")]
    public void Push_AnyPieces_GivesTheSame(string text, string thought, string answer)
    {
        Assert.Equal((thought, answer), ThoughtSplitter.Split(text));
        for (var size = 1; size <= text.Length; size++)
        {
            var splitter = new ThoughtSplitter();

            (string Thought, string Answer)[] parts = [.. text.Chunk(size).Select(piece => splitter.Push(new string(piece))), splitter.Flush()];

            Assert.Equal((thought, answer), (string.Concat(parts.Select(part => part.Thought)), string.Concat(parts.Select(part => part.Answer))));
        }
    }

    [Fact]
    public void Push_EndlessWhiteSpace_IsNotHeldBack()
    {
        var splitter = new ThoughtSplitter();

        Assert.Equal(5000, splitter.Push(new string(' ', 5000)).Answer.Length);
    }
}
