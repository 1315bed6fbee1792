using Hangfire.Dashboard;

namespace Hangfire;

/// <summary>How the dashboard shows itself, and to whom.</summary>
public class DashboardOptions
{
    private static readonly IDashboardAuthorizationFilter[] LocalOnly = [new LocalRequestsOnlyAuthorizationFilter()];

    private IEnumerable<IDashboardAsyncAuthorizationFilter> _asyncAuthorization = [];

    /// <summary>Where the link back to the application leads; null: no link. Default: <c>/</c>.</summary>
    public string? AppPath { get; set; } = "/";

    /// <summary>Put before the path of each link, for a reverse proxy that takes a prefix away. Default: empty.</summary>
    public string PrefixPath { get; set; } = "";

    /// <summary>All must agree. Default: requests of this machine only.</summary>
    public IEnumerable<IDashboardAuthorizationFilter> Authorization { get; set; } = LocalOnly;

    /// <summary>All must agree, after <see cref="Authorization"/>; setting it takes that one's default away.</summary>
    public IEnumerable<IDashboardAsyncAuthorizationFilter> AsyncAuthorization
    {
        get => _asyncAuthorization;
        set
        {
            _asyncAuthorization = value;
            if (ReferenceEquals(Authorization, LocalOnly))
            {
                Authorization = [];
            }
        }
    }

    /// <summary>Whether a caller may only look. Default: no.</summary>
    public Func<DashboardContext, bool> IsReadOnlyFunc { get; set; } = _ => false;

    /// <summary>Of no effect here: the page does not poll. Milliseconds; default: 2000.</summary>
    public int StatsPollingInterval { get; set; } = 2000;

    /// <summary>Of no effect here: the connection string is never shown. Default: yes.</summary>
    public bool DisplayStorageConnectionString { get; set; } = true;

    public string DashboardTitle { get; set; } = "Hangfire Dashboard";

    /// <summary>Of no effect here: the origin of a form is checked in any case. Default: no.</summary>
    public bool IgnoreAntiforgeryToken { get; set; }

    /// <summary>Jobs on a page of a list. Default: 20.</summary>
    public int DefaultRecordsPerPage { get; set; } = 20;

    /// <summary>Whether the page follows the reader's preference for dark colours. Default: yes.</summary>
    public bool DarkModeEnabled { get; set; } = true;
}
