using Microsoft.AspNetCore.Http;

namespace Hangfire.Dashboard;

public sealed class AspNetCoreDashboardContext : DashboardContext
{
    public AspNetCoreDashboardContext(JobStorage storage, DashboardOptions options, HttpContext httpContext)
        : base(storage, options, new AspNetCoreDashboardRequest(httpContext)) =>
        HttpContext = httpContext;

    public HttpContext HttpContext { get; }
}
