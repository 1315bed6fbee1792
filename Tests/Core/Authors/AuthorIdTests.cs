using Platform.Core.Authors;

namespace Platform.Tests.Core.Authors;

public sealed class AuthorIdTests
{
    [Theory]
    [InlineData("you", "b945a8c5-037f-5f84-9ca9-59a60165968d")]
    [InlineData("newsbot", "481aeec4-de76-5523-8cc9-a9599fbd90c8")]
    public void FromHandle_KnownHandle_IsTheIdThatExportsCarry(string handle, string id) =>
        Assert.Equal(Guid.Parse(id), AuthorId.FromHandle(handle));

    [Fact]
    public void FromHandle_AnyHandle_HasVersionAndVariantOfANameBasedUuid()
    {
        var id = AuthorId.FromHandle("maren");

        Assert.Equal(5, id.Version);
        Assert.InRange(id.Variant, 8, 11);
    }
}
