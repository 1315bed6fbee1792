namespace Hangfire.Dashboard;

/// <summary>Decides who sees the dashboard, and may take its time.</summary>
public interface IDashboardAsyncAuthorizationFilter
{
    Task<bool> AuthorizeAsync(DashboardContext context);
}
