namespace Hangfire.Dashboard;

/// <summary>One request for the dashboard.</summary>
public abstract class DashboardContext
{
    private readonly Lazy<bool> _isReadOnly;

    internal DashboardContext(JobStorage storage, DashboardOptions options, DashboardRequest request)
    {
        Storage = storage;
        Options = options;
        Request = request;
        _isReadOnly = new Lazy<bool>(() => Options.IsReadOnlyFunc(this));
    }

    public JobStorage Storage { get; }

    public DashboardOptions Options { get; }

    public DashboardRequest Request { get; }

    public bool IsReadOnly => _isReadOnly.Value;
}
