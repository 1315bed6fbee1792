using System.Security.Cryptography;
using System.Text;

namespace Platform.Core.Authors;

/// <summary>Ids of configured authors: the same handle has the same id on every machine.</summary>
public static class AuthorId
{
    /// <summary>The namespace of domain names, RFC 9562 §6.6.</summary>
    private static readonly Guid DnsNamespace = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    /// <summary>UUIDv5 (RFC 9562 §5.5) of the DNS namespace and the handle.</summary>
    /// <param name="handle">Lower case, without <c>@</c>.</param>
    public static Guid FromHandle(string handle)
    {
        byte[] input = [.. DnsNamespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(handle)];
#pragma warning disable CA5350 // UUIDv5 prescribes SHA-1; nothing secret depends on it.
        var hash = SHA1.HashData(input);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
