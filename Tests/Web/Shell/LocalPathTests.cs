extern alias web;

using web::Platform.Web.Shell;

namespace Platform.Tests.Web.Shell;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/traces/t1?all=1#logs")]
    [InlineData("/chat?bot=ada")]
    [InlineData("/traces/a//b?q=//c")]
    public void OrHome_PathOfThisSite_IsKept(string path) => Assert.Equal(path, LocalPath.OrHome(path));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("traces")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("/a\\b")]
    [InlineData("/.//elsewhere.example")]
    [InlineData("/%2e//elsewhere.example")]
    [InlineData("/a/..//elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    public void OrHome_AnythingElse_IsHome(string? path) => Assert.Equal("/", LocalPath.OrHome(path));
}
