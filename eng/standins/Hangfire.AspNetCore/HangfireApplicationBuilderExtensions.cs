using Hangfire.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hangfire;

public static class HangfireApplicationBuilderExtensions
{
    /// <summary>Answers everything under <paramref name="pathMatch"/> with the dashboard.</summary>
    public static IApplicationBuilder UseHangfireDashboard(
        this IApplicationBuilder app, string pathMatch = "/hangfire", DashboardOptions? options = null, JobStorage? storage = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(pathMatch);
        storage ??= app.ApplicationServices.GetRequiredService<JobStorage>();
        options ??= app.ApplicationServices.GetService<DashboardOptions>() ?? new DashboardOptions();
        return app.Map(new PathString(pathMatch), branch => branch.UseMiddleware<DashboardMiddleware>(storage, options));
    }
}
