using System.Net;

namespace Hangfire.Dashboard;

/// <summary>Lets in who asks from the same machine.</summary>
public class LocalRequestsOnlyAuthorizationFilter : IDashboardAuthorizationFilter
{
    public bool Authorize(DashboardContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var remote = context.Request.RemoteIpAddress;
        return !string.IsNullOrEmpty(remote)
            && (remote == context.Request.LocalIpAddress || (IPAddress.TryParse(remote, out var address) && IPAddress.IsLoopback(address)));
    }
}
