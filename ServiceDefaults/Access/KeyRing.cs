using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Platform.ServiceDefaults.Access;

/// <summary>Knows the configured keys, as hashes only, and compares in constant time.</summary>
public sealed class KeyRing
{
    private readonly (string Name, byte[] Hash)[] keys;

    /// <summary>Hashes the keys of the settings; what they were is forgotten.</summary>
    public KeyRing(IOptions<AccessOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (string Name, string? Value)[] configured = [("api-key", options.Value.ApiKey), ("auth-token", options.Value.AuthToken)];
        keys = [.. configured.Where(key => !string.IsNullOrWhiteSpace(key.Value)).Select(key => (key.Name, Hash(key.Value!.Trim())))];
    }

    /// <summary>Finds the key that was presented.</summary>
    /// <returns>Its name, or null when it is none of them. Takes as long either way.</returns>
    public string? Find(string presented)
    {
        var hash = Hash(presented);
        string? found = null;
        foreach (var (name, expected) in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, expected))
            {
                found = name;
            }
        }

        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
