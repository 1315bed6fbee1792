using Platform.ServiceDefaults.Logs;

namespace Platform.Tests.ServiceDefaults.Logs;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("plain Grüße 🚂", "plain Grüße 🚂")]
    [InlineData("a\u001b[2Jb", "a\\u001B[2Jb")]
    [InlineData("one\r\ntwo\tthree", "one\\r\\ntwo\\tthree")]
    [InlineData("\u202Eevil\u2066x\u200F", "\\u202Eevil\\u2066x\\u200F")]
    [InlineData("\u0000\u007f\u0085\u2028", "\\u0000\\u007F\\u0085\\u2028")]
    public void Escape_Text_HasNoControlOrBidirectionalCharacters(string text, string expected) => Assert.Equal(expected, LogText.Escape(text));

    [Fact]
    public void Escape_StackTrace_KeepsItsLines() => Assert.Equal("at A\r\n\tat B\\u0007", LogText.Escape("at A\r\n\tat B\u0007", keepsLines: true));
}
