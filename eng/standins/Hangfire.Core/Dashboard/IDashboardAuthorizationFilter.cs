namespace Hangfire.Dashboard;

/// <summary>Decides who sees the dashboard.</summary>
public interface IDashboardAuthorizationFilter
{
    bool Authorize(DashboardContext context);
}
