using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Core.Models;

/// <summary>Removes keys from what providers echo.</summary>
internal static partial class Secrets
{
    private const string Mask = "***";

    /// <summary>Removes <paramref name="secret"/> and whatever else looks like a key.</summary>
    public static string Redact(string text, string? secret)
    {
        var known = string.IsNullOrEmpty(secret) ? text : text.Replace(secret, Mask, StringComparison.Ordinal);
        return KeyShape.Replace(known, Mask);
    }

    /// <summary>Removes <paramref name="secret"/> only: a body is otherwise kept as it was.</summary>
    public static byte[] Redact(byte[] bytes, string? secret)
    {
        if (string.IsNullOrEmpty(secret))
        {
            return bytes;
        }

        var needle = Encoding.UTF8.GetBytes(secret);
        var result = new MemoryStream(bytes.Length);
        var rest = bytes.AsSpan();
        for (var at = rest.IndexOf(needle); at >= 0; at = rest.IndexOf(needle))
        {
            result.Write(rest[..at]);
            result.Write("***"u8);
            rest = rest[(at + needle.Length)..];
        }

        result.Write(rest);
        return result.ToArray();
    }

    [GeneratedRegex(@"\b(?:sk|pk|rk|key|gsk|xai)-[A-Za-z0-9_*\-]{8,}|\bBearer\s+\S+")]
    private static partial Regex KeyShape { get; }
}
