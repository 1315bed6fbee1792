using Hangfire.Storage;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard;

/// <summary>One job and the states it took, failures with their stack.</summary>
internal static class JobPage
{
    /// <returns>Null when there is no such job.</returns>
    public static Html? Show(DashboardContext context, IMonitoringApi monitoring, string id)
    {
        if (monitoring.JobDetails(id) is not { } details)
        {
            return null;
        }

        var back = details.History.Count > 0 ? details.History[0].StateName : "";
        return Html.Of(
            $"""
            <h1>Job {id}</h1>
            <p>{ListPage.Call(details.Job) ?? details.LoadException?.Message}, created {details.CreatedAt}{Expiry(details)}</p>
            <p class="actions">{ListPage.Buttons(context, id, LowerCase(back))}</p>
            {Html.Join(details.History, State)}
            """);
    }

    private static Html? Expiry(JobDetailsDto details) => details.ExpireAt is { } at ? Html.Of($", kept until {at}") : null;

    private static Html State(StateHistoryDto state)
    {
        var values = state.Data.Where(item => item.Key != "ExceptionDetails");
        var details = state.Data.TryGetValue("ExceptionDetails", out var text) ? Html.Of($"<pre>{text}</pre>") : null;
        return Html.Of(
            $"""
            <section><h2>{state.StateName}</h2><p>{state.CreatedAt} {state.Reason}</p>
            <dl>{Html.Join(values, item => Html.Of($"<dt>{item.Key}</dt><dd>{item.Value}</dd>"))}</dl>{details}</section>
            """);
    }

    private static string LowerCase(string state) => DashboardLinks.Lists.FirstOrDefault(list => list.Name == state).Path ?? "";
}
