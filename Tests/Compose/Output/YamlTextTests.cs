extern alias compose;

using compose::Platform.Compose.Output;
using YamlDotNet.RepresentationModel;

namespace Platform.Tests.Compose.Output;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("no", "\"no\"")]
    [InlineData("8080", "\"8080\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("10s", "10s")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a #b", "\"a #b\"")]
    [InlineData("a \"b\"", "\"a \\\"b\\\"\"")]
    [InlineData("", "\"\"")]
    public void Write_Text_IsReadAsThatTextByAnybody(string text, string expected) =>
        Assert.Equal($"key: {expected}\n", YamlText.Write([], new YamlMappingNode { { "key", Scalars.Text(text) } }));

    [Fact]
    public void Write_LinesAndComment_StayLines() =>
        Assert.Equal("# about\nkey:\n  - |\n    a\n    b\n", YamlText.Write(["about"], new YamlMappingNode { { "key", new YamlSequenceNode(Scalars.Text("a\nb\n")) } }));
}
