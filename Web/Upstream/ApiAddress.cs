namespace Platform.Web.Upstream;

/// <summary>Base address of the API.</summary>
internal static class ApiAddress
{
    private const string Key = "services:api:http:0";

    /// <summary>Reads the address from configuration.</summary>
    /// <param name="configuration">Key <c>services:api:http:0</c>, short name <c>API_HTTP</c>.</param>
    /// <returns>An absolute http or https address.</returns>
    /// <exception cref="InvalidOperationException">It is not set, or the value is not an http address.</exception>
    public static Uri From(IConfiguration configuration)
    {
        if (configuration[Key] is not { } text || string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidOperationException(
                "The address of the API is not set. Set services__api__http__0 or API_HTTP, for example http://localhost:8080.");
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new InvalidOperationException($"{Key} (API_HTTP) is '{text}', which is not an http address like http://localhost:8080.");
    }
}
