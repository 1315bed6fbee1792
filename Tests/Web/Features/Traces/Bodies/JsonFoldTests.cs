using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Web.Features.Traces.Bodies;

namespace Platform.Tests.Web.Features.Traces.Bodies;

public sealed partial class JsonFoldTests
{
    [Theory]
    [InlineData("""{"a":[1,2.50,{"b":null}],"empty":{},"none":[],"text":"<b>\"quoted\"</b> é","yes":true}""")]
    [InlineData("[]")]
    [InlineData("\"alone\"")]
    public void Write_AnyJson_ItsTextIsTheJsonAgain(string json)
    {
        var element = JsonElement.Parse(json);

        var html = JsonFold.Write(element);

        var text = WebUtility.HtmlDecode(Tag().Replace(html?.Value ?? "", ""));
        Assert.True(JsonElement.DeepEquals(element, JsonElement.Parse(text)), text);
    }

    [Fact]
    public void Write_MoreValuesThanABrowserLikes_IsNull()
    {
        var element = JsonSerializer.SerializeToElement(Enumerable.Range(0, 101));

        Assert.Null(JsonFold.Write(element, maxNodes: 100));
        Assert.NotNull(JsonFold.Write(element, maxNodes: 102));
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
