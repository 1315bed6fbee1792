using Platform.Core.Generations;

namespace Platform.Tests.Core.Generations;

public sealed class LiveTextTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("a|b||c")]
    [InlineData("line\nbreak 🌊")]
    public void Decode_WhatEncodeWrote_GivesItBack(string text)
    {
        var piece = new LiveText(Guid.CreateVersion7(), 3, 42, text);

        Assert.Equal(piece, LiveText.Decode(piece.Encode()));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("x|1|2|text")]
    [InlineData("")]
    public void Decode_AnythingElse_IsNull(string line) => Assert.Null(LiveText.Decode(line));
}
