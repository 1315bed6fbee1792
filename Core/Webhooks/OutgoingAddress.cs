using System.Net;
using System.Net.Sockets;

namespace Platform.Core.Webhooks;

/// <summary>
/// Which addresses a webhook may reach. The local network is allowed; link-local addresses are not, since
/// machines in clouds hand out credentials there, nor are the few other addresses at which clouds do.
/// </summary>
public static class OutgoingAddress
{
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    private static readonly IPNetwork[] Refused =
    [
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("255.255.255.255/32"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("ff00::/8"),
        IPNetwork.Parse("fd00:ec2::/32"),
        IPNetwork.Parse("fd20:ce::254/128"),
        IPNetwork.Parse("100.100.100.200/32"),
        IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("192.0.0.192/32"),
    ];

    // Where the bytes of an IPv4 address stand in IPv6 addresses that lead to it: compatible (RFC 4291), translated (RFC 2765), NAT64 with the
    // well-known prefix and with local ones, whose length is not known (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo's server (RFC 4380).
    private static readonly (IPNetwork Network, int[] At)[] Wrapped =
    [
        (IPNetwork.Parse("::/96"), [12, 13, 14, 15]),
        (IPNetwork.Parse("::ffff:0:0:0/96"), [12, 13, 14, 15]),
        (IPNetwork.Parse("64:ff9b::/96"), [12, 13, 14, 15]),
        (IPNetwork.Parse("64:ff9b:1::/48"), [12, 13, 14, 15]),
        (IPNetwork.Parse("64:ff9b:1::/48"), [6, 7, 9, 10]),
        (IPNetwork.Parse("64:ff9b:1::/48"), [7, 9, 10, 11]),
        (IPNetwork.Parse("64:ff9b:1::/48"), [9, 10, 11, 12]),
        (IPNetwork.Parse("2002::/16"), [2, 3, 4, 5]),
        (Teredo, [4, 5, 6, 7]),
    ];

    /// <summary>True for link-local, metadata, multicast and broadcast addresses, also when written as IPv4 inside IPv6.</summary>
    public static bool IsRefused(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(Refused, network => Contains(network, plain))
            || Array.Exists(Wrapped, wrapped => Contains(wrapped.Network, plain) && IsRefused(IPv4In(plain, wrapped.At)))
            || (Contains(Teredo, plain) && IsRefused(TeredoClient(plain)))
            || (IsIsatap(plain) && IsRefused(IPv4In(plain, [12, 13, 14, 15])));
    }

    /// <summary>Connects to the first address of a host that may be reached; the check is made on what is connected to, so no name can get around it.</summary>
    /// <exception cref="HttpRequestException">The host has only refused addresses.</exception>
    /// <exception cref="SocketException">None of the others answers, or the name is not known.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken);
        RefuseIfNoneIsAllowed(addresses);
        var allowed = Array.FindAll(addresses, address => !IsRefused(address));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a host by its addresses; one whose addresses are not known is not refused.</summary>
    /// <exception cref="HttpRequestException">It has only refused addresses.</exception>
    public static void RefuseIfNoneIsAllowed(IReadOnlyCollection<IPAddress> addresses)
    {
        if (addresses.Count > 0 && addresses.All(IsRefused))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host has only link-local or metadata addresses, which webhooks may not use.");
        }
    }

    /// <summary>Refuses a host of which any address may not be used: somebody else, a proxy, chooses among them.</summary>
    /// <exception cref="HttpRequestException">It has one.</exception>
    public static void RefuseIfAnyIsRefused(IReadOnlyCollection<IPAddress> addresses)
    {
        if (addresses.Any(IsRefused))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host has a link-local or metadata address, which webhooks may not use.");
        }
    }

    private static IPAddress IPv4In(IPAddress address, int[] at)
    {
        var bytes = address.GetAddressBytes();
        return new IPAddress([.. at.Select(position => bytes[position])]);
    }

    /// <summary>Teredo's client, whose address is inverted.</summary>
    private static IPAddress TeredoClient(IPAddress address) => new([.. address.GetAddressBytes()[12..].Select(part => (byte)~part)]);

    /// <summary>Whether an IPv4 address is the interface of an IPv6 address of any network (RFC 5214).</summary>
    private static bool IsIsatap(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 && address.GetAddressBytes() is [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5e, 0xfe, ..];

    private static bool Contains(IPNetwork network, IPAddress address) =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);
}
