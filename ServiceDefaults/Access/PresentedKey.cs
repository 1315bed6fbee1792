using System.Text;
using Microsoft.AspNetCore.Http;

namespace Platform.ServiceDefaults.Access;

/// <summary>Finds the key in a request: <c>X-API-Key</c>, <c>Authorization: Bearer KEY</c>, or the bare key that trace viewers send.</summary>
public static class PresentedKey
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>Null when the request presents none.</summary>
    public static string? Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Headers["X-API-Key"].ToString() is { Length: > 0 } key)
        {
            return key.Trim();
        }

        var authorization = request.Headers.Authorization.ToString().Trim();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            authorization = authorization[Bearer.Length..].Trim();
        }

        return authorization.Length > 0 ? authorization : null;
    }

    /// <summary>The same, and the password of HTTP Basic (RFC 7617), which browsers ask for by themselves.</summary>
    /// <returns>Null when the request presents none, or one that cannot be read.</returns>
    public static string? OrPasswordOf(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var authorization = request.Headers.Authorization.ToString().Trim();
        return authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? PasswordOf(authorization[Basic.Length..].Trim()) : Of(request);
    }

    private static string? PasswordOf(string credentials)
    {
        var buffer = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, buffer, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(buffer, 0, length);
        return text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? text[(colon + 1)..] : null;
    }
}
