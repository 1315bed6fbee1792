extern alias api;

using api::Platform.Api.Features.Conversations;

namespace Platform.Tests.Api.Conversations;

public sealed class StreamCursorTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("12")]
    [InlineData("7.01a1fdb1aa8c7fb9a74ba97df2afd7cd.2.116")]
    [InlineData("7.01a1fdb1aa8c7fb9a74ba97df2afd7cd.2.end")]
    public void Parse_WhatToStringWrote_GivesItBack(string text) => Assert.Equal(text, StreamCursor.Parse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("7.x.1.2")]
    [InlineData("7.01a1fdb1aa8c7fb9a74ba97df2afd7cd.2")]
    [InlineData("7.01a1fdb1aa8c7fb9a74ba97df2afd7cd.2.-5")]
    [InlineData("99999999999999999999")]
    public void Parse_AnythingElse_IsNull(string text) => Assert.Null(StreamCursor.Parse(text));
}
