namespace Hangfire.Dashboard;

/// <summary>What authorization filters may ask about a request.</summary>
public abstract class DashboardRequest
{
    internal DashboardRequest()
    {
    }

    public abstract string Method { get; }

    public abstract string Path { get; }

    public abstract string PathBase { get; }

    public abstract string? LocalIpAddress { get; }

    public abstract string? RemoteIpAddress { get; }

    /// <returns>Null when the query has no such key.</returns>
    public abstract string? GetQuery(string key);
}
