namespace Platform.Web.Upstream;

/// <summary>Where the Api is reached.</summary>
internal static class ApiAddress
{
    private const string Key = "services:api:http:0";

    /// <summary>Reads the address that the AppHost or the compose file sets.</summary>
    /// <param name="configuration">Looked up by <c>services:api:http:0</c>, short <c>API_HTTP</c>.</param>
    /// <returns>An absolute http or https address.</returns>
    /// <exception cref="InvalidOperationException">It is not set, or the value is no http address.</exception>
    public static Uri From(IConfiguration configuration)
    {
        if (configuration[Key] is not { } text || string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidOperationException(
                "Web does not know where the Api is: set services__api__http__0 (or API_HTTP), for example http://localhost:8080.");
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new InvalidOperationException($"{Key} (API_HTTP) is '{text}', which is no http address like http://localhost:8080.");
    }
}
