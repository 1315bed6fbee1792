using System.Security.Cryptography;

namespace Platform.Core.Webhooks;

/// <summary>
/// The key that signs a webhook's deliveries, in the form of the Standard Webhooks specification
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): <c>whsec_</c> and base64 of 24 to 64 bytes.
/// </summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;
    private const int NewBytes = 32;

    /// <summary>Makes a new one.</summary>
    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewBytes));

    /// <summary>Reads the key.</summary>
    /// <returns>Null when the text is not a secret of that form.</returns>
    public static byte[]? KeyOf(string secret)
    {
        Span<byte> key = stackalloc byte[MaxBytes];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length)
            && length >= MinBytes
                ? key[..length].ToArray()
                : null;
    }
}
