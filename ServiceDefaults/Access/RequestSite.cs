using Microsoft.AspNetCore.Http;

namespace Platform.ServiceDefaults.Access;

/// <summary>Which site's page made a browser send a request, by Fetch Metadata (W3C) and Origin (RFC 6454).</summary>
public static class RequestSite
{
    /// <summary>The origin of a request.</summary>
    public enum Kind
    {
        /// <summary>Not a browser, or the person typed the address.</summary>
        None,

        /// <summary>A page of this very host and port.</summary>
        Own,

        /// <summary>A page of another origin, other ports and subdomains included, or an opaque one.</summary>
        Foreign,
    }

    /// <summary>Reads <c>Sec-Fetch-Site</c> and <c>Origin</c>; either can make a request foreign.</summary>
    /// <param name="request">The request; it is only read.</param>
    /// <returns>The stricter of both answers.</returns>
    public static Kind Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        if (site is not ("" or "none" or "same-origin") || (origin.Length > 0 && !IsOwn(origin, request)))
        {
            return Kind.Foreign;
        }

        return site is "same-origin" || origin.Length > 0 ? Kind.Own : Kind.None;
    }

    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
