using Hangfire.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hangfire;

public static class HangfireEndpointRouteBuilderExtensions
{
    public static IEndpointConventionBuilder MapHangfireDashboard(
        this IEndpointRouteBuilder endpoints, DashboardOptions? options = null, JobStorage? storage = null) =>
        endpoints.MapHangfireDashboard("/hangfire", options, storage);

    /// <summary>Answers everything under <paramref name="pattern"/> with the dashboard; the filters of the options decide who sees it.</summary>
    public static IEndpointConventionBuilder MapHangfireDashboard(
        this IEndpointRouteBuilder endpoints, string pattern, DashboardOptions? options = null, JobStorage? storage = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var app = endpoints.CreateApplicationBuilder();
        storage ??= app.ApplicationServices.GetRequiredService<JobStorage>();
        options ??= app.ApplicationServices.GetService<DashboardOptions>() ?? new DashboardOptions();
        var pipeline = app.UsePathBase(pattern).UseMiddleware<DashboardMiddleware>(storage, options).Build();
        return endpoints.Map(pattern + "/{**path}", pipeline);
    }

    /// <summary>Nobody is refused here: what the endpoint requires decides.</summary>
    public static IEndpointConventionBuilder MapHangfireDashboardWithNoAuthorizationFilters(
        this IEndpointRouteBuilder endpoints, string pattern = "/hangfire", DashboardOptions? options = null, JobStorage? storage = null)
    {
        options ??= new DashboardOptions();
        options.Authorization = [];
        options.AsyncAuthorization = [];
        return endpoints.MapHangfireDashboard(pattern, options, storage);
    }

    /// <summary>Who fulfils the policy sees the dashboard.</summary>
    public static IEndpointConventionBuilder MapHangfireDashboardWithAuthorizationPolicy(
        this IEndpointRouteBuilder endpoints,
        string authorizationPolicyName,
        string pattern = "/hangfire",
        DashboardOptions? options = null,
        JobStorage? storage = null)
    {
        ArgumentNullException.ThrowIfNull(authorizationPolicyName);
        return endpoints.MapHangfireDashboardWithNoAuthorizationFilters(pattern, options, storage).RequireAuthorization(authorizationPolicyName);
    }
}
