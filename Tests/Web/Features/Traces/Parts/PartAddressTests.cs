using Platform.Contracts.Traces;
using Platform.Web.Features.Traces.Parts;

namespace Platform.Tests.Web.Features.Traces.Parts;

public sealed class PartAddressTests
{
    [Theory]
    [InlineData("overview")]
    [InlineData("decision")]
    [InlineData("context")]
    [InlineData("context/0")]
    [InlineData("messages/13")]
    [InlineData("calls")]
    [InlineData("call/2")]
    [InlineData("call/2/request")]
    [InlineData("call/2/membrane-response/3")]
    [InlineData("tool/10")]
    [InlineData("logs")]
    [InlineData("timeline/1")]
    public void Parse_Part_IsWrittenTheSame(string text) => Assert.Equal(text, PartAddress.Parse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("call")]
    [InlineData("tool")]
    [InlineData("call/x")]
    [InlineData("call/-1")]
    [InlineData("call/1/other")]
    [InlineData("call/1/request/x")]
    [InlineData("call/1/request/1/2")]
    [InlineData("tool/1/request")]
    [InlineData("logs/1")]
    [InlineData("Logs")]
    [InlineData("<b>")]
    public void Parse_NoPart_IsNull(string text) => Assert.Null(PartAddress.Parse(text));

    [Fact]
    public void Parse_FirstBody_IsTheSameWithAndWithoutItsNumber() =>
        Assert.Equal(new PartAddress(PartKind.Call, 2, BodyKind.Request), PartAddress.Parse("call/2/request/1"));
}
