namespace Platform.Core.Webhooks;

/// <summary>A webhook's URL as people and logs may see it.</summary>
public static class WebhookAddress
{
    /// <summary>The URL without the values of its query, which often hold a key.</summary>
    public static string Masked(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
            ? address.GetLeftPart(UriPartial.Path) + (address.Query.Length > 1 ? "?…" : "")
            : "…";

    /// <summary>Scheme, host and port only.</summary>
    public static string Server(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Authority) : "…";
}
