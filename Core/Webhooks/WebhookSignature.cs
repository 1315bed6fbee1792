using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Core.Webhooks;

/// <summary>
/// Signs deliveries according to the Standard Webhooks specification: HMAC-SHA256 of <c>id.timestamp.body</c>, base64, after <c>v1,</c>.
/// </summary>
public static class WebhookSignature
{
    private const string Version = "v1,";
    private const char Separator = ' ';

    /// <summary>Signs a body with each valid secret; a receiver accepts it when one signature matches.</summary>
    /// <param name="secrets">In the form of <see cref="WebhookSecret"/>.</param>
    /// <param name="id">The delivery's id, the same in every try.</param>
    /// <param name="timestamp">Unix seconds of this try.</param>
    /// <param name="body">What is sent.</param>
    /// <returns>The value of <c>webhook-signature</c>.</returns>
    /// <exception cref="ArgumentException">A secret is not of that form.</exception>
    public static string Of(IEnumerable<string> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var signed = (byte[])[.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(Separator, secrets.Select(secret => Version + Convert.ToBase64String(HMACSHA256.HashData(
            WebhookSecret.KeyOf(secret) ?? throw new ArgumentException("Not a webhook secret.", nameof(secrets)), signed))));
    }
}
