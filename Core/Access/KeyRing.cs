using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Platform.Core.Access;

/// <summary>The keys of the settings, as hashes only, compared in constant time. Each is a credential of the owner.</summary>
public sealed class KeyRing
{
    private readonly (Principal Principal, byte[] Hash)[] _keys;

    /// <summary>Hashes the keys of the settings and keeps only the hashes.</summary>
    public KeyRing(IOptions<AccessOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (string Name, string? Value)[] configured = [("api-key", options.Value.ApiKey), ("auth-token", options.Value.AuthToken)];
        _keys = [.. configured.Where(key => !string.IsNullOrWhiteSpace(key.Value)).Select(key => (Principal.Owner(key.Name), Hash(key.Value!.Trim())))];
    }

    /// <summary>Finds the key that was presented.</summary>
    /// <returns>Its principal, or null when the key is unknown. Takes the same time either way.</returns>
    public Principal? Find(string presented)
    {
        var hash = Hash(presented);
        Principal? found = null;
        foreach (var (principal, expected) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, expected))
            {
                found = principal;
            }
        }

        return found;
    }

    /// <summary>Of a key, without saying anything about it: SHA-256 of its SHA-256.</summary>
    public static byte[] Fingerprint(string presented) => SHA256.HashData(Hash(presented));

    /// <summary>Finds the key with a fingerprint.</summary>
    /// <returns>Null when no such key is configured (any more).</returns>
    public Principal? FindByFingerprint(ReadOnlySpan<byte> fingerprint)
    {
        foreach (var (principal, hash) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(SHA256.HashData(hash), fingerprint))
            {
                return principal;
            }
        }

        return null;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
