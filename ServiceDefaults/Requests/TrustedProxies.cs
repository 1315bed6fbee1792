using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Platform.ServiceDefaults.Requests;

/// <summary>Whose <c>X-Forwarded-*</c> headers are used. Section <c>Proxies</c>.</summary>
public sealed class ProxyOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Proxies";

    /// <summary>
    /// Addresses and networks, separated by commas, beside this machine's loopback addresses (<c>TRUSTED_PROXIES</c>); <c>container-networks</c>
    /// stands for the networks of this container: its neighbours, and the host, from which published ports are reached.
    /// </summary>
    public string Trusted { get; set; } = "";
}

/// <summary>
/// Sets the trusted proxies of the forwarded headers middleware, which <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> turns on. Its default in that case is to accept
/// the headers from any sender, who could then choose the client address that rate limits and logs use.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>Stands for the networks of this container.</summary>
    public const string ContainerNetworks = "container-networks";

    private static readonly IPNetwork[] Loopback = [new(IPAddress.Parse("127.0.0.0"), 8), new(IPAddress.IPv6Loopback, 128)];

    public static IServiceCollection AddTrustedProxies(this IServiceCollection services)
    {
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<ProxyOptions>>((headers, proxies) =>
        {
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var network in Loopback.Concat(Parse(proxies.Value.Trusted)))
            {
                headers.KnownIPNetworks.Add(network);
            }
        });
        return services;
    }

    /// <summary>The networks of a setting; a single address is a network of one.</summary>
    /// <exception cref="FormatException">An entry is none of the three.</exception>
    public static IReadOnlyList<IPNetwork> Parse(string setting) =>
    [
        .. setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(entry => entry == ContainerNetworks ? OwnNetworks() : [ParseEntry(entry)]),
    ];

    private static IPNetwork ParseEntry(string entry)
    {
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        if (Address(slash < 0 ? entry : entry[..slash]) is { } address)
        {
            var bits = Bits(address);
            if (slash < 0)
            {
                return new IPNetwork(address, bits);
            }

            if (int.TryParse(entry[(slash + 1)..], out var length) && length > 0 && length <= bits)
            {
                return Around(address, length);
            }
        }

        throw new FormatException($"'{entry}' is neither an address, nor a network such as 192.168.1.0/24, nor {ContainerNetworks}");
    }

    /// <summary>Not every number that could be meant as an address: 1 is 0.0.0.1 to the framework.</summary>
    private static IPAddress? Address(string text) =>
        (text.Count(character => character == '.') == 3 || text.Contains(':', StringComparison.Ordinal)) && IPAddress.TryParse(text, out var address)
            ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
            : null;

    private static IEnumerable<IPNetwork> OwnNetworks() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(own => Around(own.Address, own.PrefixLength));

    /// <summary>The network that an address lies in.</summary>
    private static IPNetwork Around(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    private static int Bits(IPAddress address) => address.GetAddressBytes().Length * 8;
}
