namespace Platform.Api.Auth;

/// <summary>Finds the key in a request: <c>X-API-Key</c>, <c>Authorization: Bearer KEY</c>, or the bare key that trace viewers send.</summary>
internal static class PresentedKey
{
    private const string Bearer = "Bearer ";

    /// <summary>Null when the request presents none.</summary>
    public static string? Of(HttpRequest request)
    {
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
}
