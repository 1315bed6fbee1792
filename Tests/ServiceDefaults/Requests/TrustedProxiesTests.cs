using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.ServiceDefaults.Requests;
using Platform.ServiceDefaults.Settings;

namespace Platform.Tests.ServiceDefaults.Requests;

/// <summary>Whose <c>X-Forwarded-For</c> counts.</summary>
public sealed class TrustedProxiesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "127.0.0.1", true)]
    [InlineData("", "192.0.2.7", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("10.1.2.3/8, 192.0.2.0/24", "10.200.0.1", true)]
    [InlineData("10.1.2.3/8, 192.0.2.0/24", "192.0.3.1", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::9", true)]
    [InlineData("2001:db8::/32", "2001:db9::9", false)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.9", true)]
    [InlineData("::ffff:192.0.2.9", "192.0.2.9", true)]
    public async Task Address_OfAForwardedRequest_IsTheClientsOnlyFromATrustedProxy(string setting, string peer, bool isTrusted)
    {
        await using var host = await StartAsync(setting);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/who");
        request.Headers.Add("X-Test-Peer", peer);
        request.Headers.Add("X-Forwarded-For", "203.0.113.5");

        using var response = await host.Client.SendAsync(request, Token);

        Assert.Equal(isTrusted ? "203.0.113.5" : peer, await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public void ContainerNetworks_AreThoseOfTheInterfaces()
    {
        var networks = TrustedProxies.Parse("container-networks");

        foreach (var own in NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Where(own => own.Address.AddressFamily == AddressFamily.InterNetwork))
        {
            Assert.Contains(networks, network => network.Contains(own.Address));
        }

        Assert.DoesNotContain(networks, network => network.Contains(IPAddress.Parse("203.0.113.5")));
    }

    [Theory]
    [InlineData("proxy.lan")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/x")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("1")]
    [InlineData("0x7f000001")]
    [InlineData("container-network")]
    public async Task Setting_NotUnderstood_StopsTheStartAndSaysWhatIsExpected(string setting)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() => StartAsync(setting));

        Assert.Contains("TRUSTED_PROXIES", refused.Message, StringComparison.Ordinal);
        Assert.Contains("neither an address, nor a network such as 192.168.1.0/24, nor container-networks", refused.Message, StringComparison.Ordinal);
    }

    // The test's connection comes from this machine; a middleware in front stands for the peer of another one.
    private static Task<DefaultsHost> StartAsync(string setting) => DefaultsHost.StartAsync(
        map: app => app.MapGet("/who", (HttpContext context) => context.Connection.RemoteIpAddress?.ToString()),
        settings: new Dictionary<string, string?> { ["TRUSTED_PROXIES"] = setting, ["FORWARDEDHEADERS_ENABLED"] = "true" },
        configure: services => services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, Peer>()));

    private sealed class Peer : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, after) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-Test-Peer"].ToString());
                return after(context);
            });
            next(app);
        };
    }
}
