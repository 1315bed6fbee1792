using Platform.Core.Traces;

namespace Platform.Tests.Core.Traces;

public sealed class TraceWordsTests
{
    [Theory]
    [InlineData("Hello, hello wörld!", "hello wörld")]
    [InlineData("claude-sonnet-4-5-20250929", "claude sonnet 4 5 20250929")]
    [InlineData("snake_case.and:more/paths", "snake case and more paths")]
    [InlineData("it's \"quoted\" \\ & | ! ( ) :*", "it s quoted")]
    [InlineData("日本語 text", "日 本 語 text")]
    [InlineData("สวัสดี", "ส ว ั ด ี")]
    [InlineData("한국어 단어", "한국어 단어")]
    [InlineData("", "")]
    [InlineData("…!?", "")]
    public void Of_Text_IsItsWordsOnceInLowerCase(string text, string words) => Assert.Equal(words, string.Join(' ', TraceWords.Of(text)));

    [Fact]
    public void Of_HalfOfASurrogatePair_IsNoWord() => Assert.Equal(["a", "b"], TraceWords.Of("a \ud83e b"));

    [Fact]
    public void Of_EndlessText_IsCut()
    {
        var words = TraceWords.Of(new string('x', 5000), string.Join(' ', Enumerable.Range(0, 5000)));

        Assert.Equal(60, words[0].Length);
        Assert.InRange(words.Length, 2, 400);
    }

    [Theory]
    [InlineData("Time out", "'time':* & 'out':*")]
    [InlineData("'); drop table traces; --", "'drop':* & 'table':* & 'traces':*")]
    [InlineData("100%", "'100':*")]
    [InlineData("%%%", null)]
    public void Question_Text_AsksForAllWordsByTheirBeginnings(string text, string? question) => Assert.Equal(question, TraceWords.Question(text));
}
