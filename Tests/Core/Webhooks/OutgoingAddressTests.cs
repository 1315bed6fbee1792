using System.Net;
using Platform.Core.Webhooks;

namespace Platform.Tests.Core.Webhooks;

public sealed class OutgoingAddressTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("224.0.0.1")]
    [InlineData("fe80::1%1")]
    [InlineData("::169.254.169.254")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("64:ff9b:1::169.254.169.254")]
    [InlineData("64:ff9b:1:a9fe:a9:fe00::")]
    [InlineData("64:ff9b:1:a9:fe:a9fe::")]
    [InlineData("64:ff9b:1:0:a9:fea9:fe00:0")]
    [InlineData("::ffff:0:169.254.169.254")]
    [InlineData("2001:0:5db8:d822:0:0:5601:5601")]
    [InlineData("2001:0:a9fe:a9fe::1")]
    [InlineData("2001:db8::5efe:169.254.169.254")]
    [InlineData("fd20:ce::254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    public void IsRefused_LinkLocalAndMetadata_IsTrue(string address) => Assert.True(OutgoingAddress.IsRefused(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("192.168.1.20")]
    [InlineData("10.0.0.4")]
    [InlineData("::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("64:ff9b::192.168.1.20")]
    [InlineData("2002:c0a8:0114::1")]
    [InlineData("64:ff9b:1::192.168.1.20")]
    [InlineData("2001:0:5db8:d822:0:0:3f57:feeb")]
    [InlineData("2001:db8::1")]
    [InlineData("::")]
    [InlineData("93.184.216.34")]
    public void IsRefused_TheHousesOwnNetworkAndTheWorld_IsFalse(string address) => Assert.False(OutgoingAddress.IsRefused(IPAddress.Parse(address)));

    [Fact]
    public async Task Connect_HostOfARefusedAddressOnly_SaysSo() =>
        await Assert.ThrowsAsync<HttpRequestException>(async () =>
            await OutgoingAddress.ConnectAsync(new DnsEndPoint("169.254.169.254", 80), TestContext.Current.CancellationToken));
}
