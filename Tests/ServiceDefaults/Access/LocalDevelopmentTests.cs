using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Platform.ServiceDefaults.Access;

namespace Platform.Tests.ServiceDefaults.Access;

public sealed class LocalDevelopmentTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:3847")]
    [InlineData("127.0.0.1", "127.0.0.1:3847")]
    [InlineData("127.4.5.6", "LOCALHOST")]
    [InlineData("::1", "[::1]:3847")]
    [InlineData("::ffff:127.0.0.1", "localhost")]
    public void IsOpenTo_LoopbackPeerAndHost_IsTrue(string peer, string host) => Assert.True(IsOpen(Request(peer, host)));

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void IsOpenTo_OtherEnvironment_IsFalse(string environment) => Assert.False(IsOpen(Request(), environment));

    [Theory]
    [InlineData("192.168.1.20")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fe80::1")]
    public void IsOpenTo_PeerElsewhere_IsFalse(string peer) => Assert.False(IsOpen(Request(peer)));

    [Fact]
    public void IsOpenTo_UnknownPeer_IsFalse()
    {
        var context = Request();
        context.Connection.RemoteIpAddress = null;

        Assert.False(IsOpen(context));
    }

    [Theory]
    [InlineData("platform.example.org")]
    [InlineData("localhost.example.org")]
    [InlineData("127.0.0.1.nip.io")]
    [InlineData("192.168.1.20:3847")]
    [InlineData("")]
    public void IsOpenTo_HostThatIsNoLoopbackName_IsFalse(string host) => Assert.False(IsOpen(Request(host: host)));

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("x-forwarded-anything")]
    [InlineData("X-Original-For")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    [InlineData("X-Real-IP")]
    [InlineData("CF-Connecting-IP")]
    public void IsOpenTo_ForwardingHeader_IsFalse(string header)
    {
        var context = Request();
        context.Request.Headers[header] = "127.0.0.1";

        Assert.False(IsOpen(context));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "http://localhost:9999")]
    [InlineData("Origin", "null")]
    public void IsOpenTo_AnotherSitesPage_IsFalse(string header, string value)
    {
        var context = Request();
        context.Request.Headers[header] = value;

        Assert.False(IsOpen(context));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "http://localhost:3847")]
    public void IsOpenTo_OwnPage_IsTrue(string header, string value)
    {
        var context = Request();
        context.Request.Headers[header] = value;

        Assert.True(IsOpen(context));
    }

    private static DefaultHttpContext Request(string peer = "127.0.0.1", string host = "localhost:3847")
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Host = new HostString(host);
        return context;
    }

    private static bool IsOpen(HttpContext context, string environment = "Development") =>
        LocalDevelopment.IsOpenTo(context, new Environment(environment));

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
