using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Platform.ServiceDefaults.Shutdown;

namespace Platform.ServiceDefaults.Requests;

/// <summary>Refuses requests whose <c>Host</c> is no name or address: what is built from it, such as the address of a page, would fail.</summary>
internal sealed class HostNameCheck(RequestDelegate next)
{
    private const int MaxLength = 253;

    public Task InvokeAsync(HttpContext context)
    {
        // As it was sent: Request.Host decodes Punycode, and throws where it is none.
        var host = new HostString(context.Request.Headers.Host.ToString());
        // HTTP/1.0 has none, and some load balancers check health that way.
        return IsValid(host) || (!host.HasValue && ProbePaths.Contains(context.Request.Path))
            ? next(context)
            : Results.Problem("Send the name or address of this server in the Host header.", statusCode: StatusCodes.Status400BadRequest, title: "Invalid Host header").ExecuteAsync(context);
    }

    private static bool IsValid(HostString host)
    {
        var name = host.Host;
        if (name.Length is 0 or > MaxLength || !Uri.TryCreate($"http://{host.Value}/", UriKind.Absolute, out _))
        {
            return false;
        }

        return IPAddress.TryParse(name.Trim('[', ']'), out _) || (Uri.CheckHostName(name) is UriHostNameType.Dns && IsEncoded(name));
    }

    /// <summary>Whether its labels that claim to be Punycode (RFC 3492) are.</summary>
    private static bool IsEncoded(string name)
    {
        try
        {
            return new IdnMapping().GetUnicode(name).Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
