using System.Text;
using System.Text.Json;
using Platform.Core.Models;

namespace Platform.Tests.Core.Models;

public sealed class KeyMaskTests
{
    // With characters that one spelling or another escapes.
    private const string Key = "sk-proj-Ab/9+x.20_Zz=QwErTy7";

    private static readonly KeyMask Mask = KeyMask.Of(Key);

    public static TheoryData<string, string> Spellings => new()
    {
        { "plain", Key },
        { "JSON", JsonSerializer.Serialize(Key)[1..^1] },
        { "JSON, every character escaped", Escaped(Key) },
        { "JSON, upper case", Escaped(Key).ToUpperInvariant().Replace("\\U", "\\u", StringComparison.Ordinal) },
        { "JSON, some characters escaped", Key[..5] + Escaped(Key[5..7]) + Key[7..] },
        { "JSON with escaped slashes", Key.Replace("/", "\\/", StringComparison.Ordinal) },
        { "JSON in JSON", JsonSerializer.Serialize(JsonSerializer.Serialize(Key)[1..^1])[1..^1] },
        { "JSON in JSON, every character escaped", Escaped(Escaped(Key)) },
        { "percent-encoding", Uri.EscapeDataString(Key) },
        { "percent-encoding of every character", Percent(Key) },
        { "percent-encoding, lower case", Percent(Key).ToLowerInvariant() },
        { "percent-encoding twice", Uri.EscapeDataString(Uri.EscapeDataString(Key)) },
        { "percent-encoding in JSON", Escaped(Percent(Key)) },
        { "HTML, decimal", string.Concat(Key.Select(unit => $"&#{(int)unit};")) },
        { "HTML, hexadecimal", string.Concat(Key.Select(unit => $"&#x{(int)unit:x2};")) },
        { "hexadecimal", Convert.ToHexString(Encoding.ASCII.GetBytes(Key)) },
        { "base64", Base64(Key) },
        { "base64 of the header", Base64($"Bearer {Key}") },
        { "base64 of another text around it", Base64($"x={Key}&y=1") },
        { "base64 of a basic login", Base64($"user:{Key}") },
        { "base64 for URLs", Base64($"Bearer {Key}").Replace('+', '-').Replace('/', '_').TrimEnd('=') },
        { "base64 in JSON", Escaped(Base64(Key)) },
        { "base64 in a URL", Uri.EscapeDataString(Base64($"Bearer {Key}")) },
        { "base64 in lines", Lines(Base64($"Bearer {Key}"), "\r\n") },
        { "base64 in lines, in JSON", Lines(Base64($"Bearer {Key}"), "\\n") },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void In_Spelling_IsMaskedAndTheRestStays(string name, string spelling)
    {
        var text = $"{{\"error\": \"Grüße, \\u00fcber {spelling} 100% & more\\n\", \"n\": 1}}";

        var masked = Mask.In(text);

        Assert.Matches(@"^\{""error"": ""Grüße, \\u00fcber [A-Za-z0-9+/_-]{0,11}\*\*\*(\\u00[0-9a-f]{2}|%3D|[A-Za-z0-9+/_=-]){0,8} 100% & more\\n"", ""n"": 1\}$", masked);
        Assert.DoesNotContain(spelling[..Math.Min(spelling.Length, 12)], name.StartsWith("base64", StringComparison.Ordinal) ? "" : masked, StringComparison.Ordinal);
        Assert.Equal(masked, Encoding.UTF8.GetString(Mask.In(Encoding.UTF8.GetBytes(text), isCut: false)));
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Push_SpellingInPieces_IsMaskedAndNoMoreThanItsBeginningIsHandedOn(string name, string spelling)
    {
        var text = $"before {spelling} after";
        var expected = Mask.In(text);
        foreach (var size in (int[])[1, 2, 3, 7])
        {
            var masked = Mask.Begin();

            var result = string.Concat(text.Chunk(size).Select(piece => masked.Push(new string(piece)))) + masked.Flush();

            // What was handed on before it looked like a key: at most three characters.
            var at = expected.IndexOf("***", StringComparison.Ordinal);
            Assert.True(result.StartsWith(expected[..at], StringComparison.Ordinal) && result.EndsWith(expected[at..], StringComparison.Ordinal), $"{name}, {size}: {result}");
            Assert.InRange(result.Length - expected.Length, 0, 3);
            Assert.True(masked.WasSplit);
        }
    }

    [Fact]
    public void Push_KeyInOnePiece_IsNotSplit()
    {
        var masked = Mask.Begin();

        Assert.Equal(["It is ", "***", ", keep it."], (string[])[masked.Push("It is "), masked.Push(Key), masked.Push(", keep it.") + masked.Flush()]);
        Assert.False(masked.WasSplit);
    }

    [Fact]
    public void Push_TextThatBeginsLikeAKey_IsHandedOnWhenItGoesOnDifferently()
    {
        var masked = Mask.Begin();

        Assert.Equal("The sk", masked.Push("The sk"));
        Assert.Equal("ill of 100%", masked.Push("ill of 100%"));
        Assert.Equal(" and ", masked.Push(" and sk-pro"));
        Assert.Equal("sk-project C:\\", masked.Push("ject C:\\"));
        Assert.Equal("", masked.Flush());
        Assert.False(masked.WasSplit);
    }

    [Theory]
    [InlineData("no key at all")]
    [InlineData("\\u12 %zz &#; &#x; %")]
    [InlineData("sk-proj-Ab/9+x. and more")]
    [InlineData("sk-proj-ab/9+x.20_zz=qwerty7")]
    public void In_NoKey_ChangesNothing(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(text, Mask.In(text));
        Assert.Same(bytes, Mask.In(bytes, isCut: false));
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void In_HalfOfAKeyOrMore_IsMasked(string name, string spelling)
    {
        foreach (var length in (int[])[(spelling.Length * 3 / 4) + 4, spelling.Length - 1])
        {
            var beginning = spelling[..Math.Min(length, spelling.Length - 1)];
            var masked = Mask.Begin();

            string[] results =
            [
                Mask.In($"It is {beginning}"), Mask.In($"It is {beginning}\", and so on"), Encoding.Latin1.GetString(Mask.In(Encoding.Latin1.GetBytes($"It is {beginning}\"}}"), isCut: false)),
                string.Concat($"It is {beginning}".Chunk(7).Select(piece => masked.Push(new string(piece)))) + masked.Flush(),
            ];

            Assert.All(results, result => Assert.True(result.Contains("***", StringComparison.Ordinal) && !result.Contains(beginning, StringComparison.Ordinal), $"{name}, {length}: {result}"));
        }
    }

    /// <summary>The escapes after the first characters belong to the key as well.</summary>
    [Fact]
    public void In_KeyWhoseEndIsEscaped_IsMaskedWhole()
    {
        var masked = Mask.Begin();
        var spelling = Key[..18] + Escaped(Key[18..]);

        Assert.Equal("***, so", Mask.In(spelling + ", so"));
        Assert.Equal("***, so", string.Concat((spelling + ", so").Chunk(4).Select(piece => masked.Push(new string(piece)))) + masked.Flush());
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("\u200b")]
    [InlineData(" ")]
    [InlineData("\r\n")]
    [InlineData("\\u0000")]
    public void In_KeyWithGaps_IsMaskedWhole(string gap)
    {
        var spelling = string.Join(gap, Key.Select(unit => unit.ToString()));
        var masked = Mask.Begin();

        Assert.Equal("It is ***, so", Mask.In($"It is {spelling}, so"));
        Assert.Matches(@"^It is [\s\S]{0,3}\*\*\*$", string.Concat($"It is {spelling}".Chunk(3).Select(piece => masked.Push(new string(piece)))) + masked.Flush());
    }

    /// <summary>The server has escaped one character of the key and left what looks like an escape in it.</summary>
    [Fact]
    public void In_KeyThatHoldsEscapesItself_IsMaskedWhole()
    {
        var mask = KeyMask.Of("sv=2021-08-06&sig=ab%2Bcd%3Dxyz&more");

        Assert.Equal("key ***.", mask.In("key sv=2021-08-06\\u0026sig=ab%2Bcd%3Dxyz\\u0026more."));
        Assert.Equal("key ***.", mask.In("key sv=2021-08-06&sig=ab%2Bcd%3Dxyz&more."));
    }

    [Fact]
    public void In_KeyThatBeginsInItself_IsMaskedWhole()
    {
        var mask = KeyMask.Of("abababababababab-SECRET9");
        var masked = mask.Begin();

        Assert.Equal("***.", mask.In("ababababababababab-SECRET9."));
        Assert.Matches(@"^[ab]{0,3}\*\*\*\.$", string.Concat("ababababababababab-SECRET9.".Chunk(3).Select(piece => masked.Push(new string(piece)))) + masked.Flush());
    }

    [Fact]
    public void In_KeysOfOtherProviders_AreMaskedToo()
    {
        var mask = KeyMask.Of("ollama", [Key, "none"]);

        Assert.Equal("***, ***, none", mask.In($"ollama, {Key}, none"));
    }

    [Theory]
    [InlineData("data: {\"a\":[{\"t\":\"sk-proj-Ab/9+\"}]}\n\ndata: {\"a\":[{\"t\":\"x.20_Zz=QwErTy7\"}]}\n\n", true)]
    [InlineData("data: {\"t\":\"sk-proj-Ab/9+\"}\n\ndata: [DONE]\n\ndata: {\"r\":\"x.20_Zz=QwErTy7\"}", true)]
    [InlineData("{\"logprobs\":[{\"token\":\"sk-proj-\",\"n\":1},{\"token\":\"Ab/9+x.20_\",\"n\":2},{\"token\":\"Zz=QwErTy7\"}]}", true)]
    [InlineData("{\"t\":\"sk-proj-Ab\"}\n{\"t\":\"/9+x.20_Zz=QwErTy7\"}\n", true)]
    [InlineData("data: {\"t\":\"sk-proj-\"}\n\ndata: {\"t\":\"are keys\"}\n\n", false)]
    [InlineData("plain text", false)]
    public void KeyPieces_TextsOfABody_AreFoundWhenTheyMakeTheKey(string body, bool found) =>
        Assert.Equal(found, KeyPieces.AreIn(Encoding.UTF8.GetBytes(body), Mask));

    [Fact]
    public void In_BytesThatAreNoText_StayAsTheyAre()
    {
        byte[] before = [0, 0xFF, 0xC3, 0x28, .. Encoding.ASCII.GetBytes(Key), 0xFE, 0x80];

        Assert.Equal([0, 0xFF, 0xC3, 0x28, .. "***"u8, 0xFE, 0x80], Mask.In(before, isCut: false));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(15)]
    public void In_CutBody_TheBeginningOfAKeyIsMasked(int length)
    {
        var body = Encoding.ASCII.GetBytes("data: " + Key[..length]);

        Assert.Equal("data: ***", Encoding.ASCII.GetString(Mask.In(body, isCut: true)));
        Assert.Equal(body, Mask.In(body, isCut: false));
    }

    [Fact]
    public void In_Placeholder_IsMaskedInBodiesAndNotInAnswers()
    {
        var mask = KeyMask.Of("ollama");

        Assert.Equal("***", mask.In("ollama"));
        Assert.Equal("I run in ollama.", mask.Begin().Push("I run in ollama."));
        Assert.Equal("C:\\u006", mask.Begin().Push("C:\\u006"));
    }

    [Theory]
    [InlineData("Incorrect API key provided: sk-other-1234567890abcdef.", "Incorrect API key provided: ***.")]
    [InlineData("Sent 'Bearer abc.def'", "Sent '***")]
    public void InMessage_AnotherKey_IsMaskedToo(string message, string expected) => Assert.Equal(expected, KeyMask.None.InMessage(message));

    private static string Escaped(string text) => string.Concat(text.Select(unit => $"\\u{(int)unit:x4}"));

    private static string Percent(string text) => string.Concat(text.Select(unit => $"%{(int)unit:X2}"));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private static string Lines(string text, string end) => string.Join(end, text.Chunk(16).Select(line => new string(line)));
}
