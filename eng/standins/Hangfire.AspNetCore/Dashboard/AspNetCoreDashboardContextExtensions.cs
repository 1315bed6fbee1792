using Microsoft.AspNetCore.Http;

namespace Hangfire.Dashboard;

public static class AspNetCoreDashboardContextExtensions
{
    /// <exception cref="ArgumentException">The context is not one of ASP.NET Core.</exception>
    public static HttpContext GetHttpContext(this DashboardContext context) => context is AspNetCoreDashboardContext own
        ? own.HttpContext
        : throw new ArgumentException($"Context argument should be of type `{nameof(AspNetCoreDashboardContext)}`!", nameof(context));
}
