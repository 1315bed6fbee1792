namespace Platform.Web.Upstream;

/// <summary>Base address of the API.</summary>
internal static class ApiAddress
{
    private static readonly string[] Keys = ["services:api:http:0", "API_HTTP"];

    /// <summary>Reads the address from configuration.</summary>
    /// <param name="configuration">Keys <c>services:api:http:0</c>, then <c>API_HTTP</c>.</param>
    /// <returns>An absolute http or https address.</returns>
    /// <exception cref="InvalidOperationException">Neither key is set, or the value is not an http address.</exception>
    public static Uri From(IConfiguration configuration)
    {
        var key = Keys.FirstOrDefault(key => !string.IsNullOrWhiteSpace(configuration[key]))
            ?? throw new InvalidOperationException(
                "The address of the API is not set. Set services__api__http__0 or API_HTTP, for example http://localhost:8080.");
        return Uri.TryCreate(configuration[key], UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new InvalidOperationException($"{key} is '{configuration[key]}', which is not an http address like http://localhost:8080.");
    }
}
