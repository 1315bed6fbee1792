using System.Text;
using System.Text.Json;
using Platform.Core.Json;

namespace Platform.Tests.Core.Json;

public sealed class JsonExcerptTests
{
    private static readonly ExcerptLimits Small = new() { TextBytes = 5, Elements = 3, MemberBytes = 40, TotalBytes = 200 };

    [Theory]
    [InlineData("""{"a":[1,2,3,4,5],"b":{"c":"1234567"}}""", """{"a":[1,2,3],"b":{"c":"12345…"}}""")]
    [InlineData("""{"a":"1234é789","b":"12\u00e9456"}""", """{"a":"1234é…","b":"12\u00e9…"}""")]
    [InlineData("""{"a":["1234567890","1234567890","1234567890","1234567890"],"b":true}""", """{"a":["12345…","12345…","12345…"],"b":true}""")]
    [InlineData("""{"a":{"b":{"c":"1","d":"2","e":"3","f":"4","g":"5","h":"6"},"i":7},"j":8}""", """{"a":{"b":{"c":"1","d":"2","e":"3","f":"4"}},"j":8}""")]
    [InlineData("""[[1,2,3,4],[],{},null,-1.5e3]""", """[[1,2,3],[],{}]""")]
    [InlineData(""" { "a" : [ ] , "b" : { } } """, """{"a":[],"b":{}}""")]
    [InlineData("\uFEFF{\"a\":\"\\ud83e\"}", "{\"a\":\"\\ud83e\"}")]
    public void Push_AnyBlocks_GivesTheSameExcerpt(string json, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(json);

        foreach (var size in (int[])[3, 7, 1000])
        {
            Assert.Equal(expected, Of(bytes, size, Small));
        }
    }

    [Fact]
    public void Push_UnwantedMembers_AreLeftOutWithAllTheyHold()
    {
        var limits = Small with { Keeps = name => name is "a" or "d" };

        Assert.Equal("""{"a":1,"d":[]}""", Of("""{"a":1,"b":{"a":[{"x":1}]},"c":"d","d":[]}"""u8, 4, limits));
    }

    [Fact]
    public void Push_MillionsOfValues_KeepsLittle()
    {
        var json = Encoding.UTF8.GetBytes($"{{\"a\":[{new StringBuilder().Insert(0, "{},", 1_000_000)}{{}}],\"b\":\"{new string('x', 1_000_000)}\"}}");

        Assert.Equal("""{"a":[{},{},{}],"b":"xxxxx…"}""", Of(json, 65_536, Small));
    }

    [Theory]
    [InlineData("""{"a":1""")]
    [InlineData("""{"a":"12345678\q"}""")]
    [InlineData("{\"a\":\"12345678\n\"}")]
    [InlineData("""{"a":"12345678\u00g0"}""")]
    [InlineData("""{"a":1 2}""")]
    [InlineData("""{"a":[1,2,3,4,]}""")]
    [InlineData("""{} {}""")]
    public void Push_NoJson_IsRefused(string json) => Assert.ThrowsAny<JsonException>(() => Of(Encoding.UTF8.GetBytes(json), 4, Small));

    private static string Of(ReadOnlySpan<byte> json, int blockBytes, ExcerptLimits limits)
    {
        var excerpt = new JsonExcerpt(limits);
        for (var at = 0; at < json.Length; at += blockBytes)
        {
            excerpt.Push(json.Slice(at, Math.Min(blockBytes, json.Length - at)));
        }

        return Encoding.UTF8.GetString(excerpt.Complete());
    }
}
