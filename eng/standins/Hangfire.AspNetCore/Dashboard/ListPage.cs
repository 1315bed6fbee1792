using System.Globalization;
using Hangfire.Common;
using Hangfire.Storage;

namespace Hangfire.Dashboard;

/// <summary>The jobs of one state, with buttons to run or to delete them.</summary>
internal static class ListPage
{
    /// <returns>Null when there is no such list.</returns>
    public static Html? Show(DashboardContext context, IMonitoringApi monitoring, string list, int page)
    {
        var count = Math.Max(1, context.Options.DefaultRecordsPerPage);
        if (Rows(monitoring, list, (page - 1) * count, count) is not { } rows)
        {
            return null;
        }

        var name = DashboardLinks.Lists.First(one => one.Path == list).Name;
        var table = rows.Count == 0
            ? Html.Of($"<p>There is no such job.</p>")
            : Html.Of(
                $"""
                <table><thead><tr><th scope="col">Job</th><th scope="col">Call</th><th scope="col">When</th><th scope="col">Note</th><td></td></tr></thead>
                <tbody>{Html.Join(rows, row => Row(context, list, row))}</tbody></table>
                """);
        return Html.Of($"<h1>{name}</h1>{table}{Pager(context, list, page, rows.Count == count)}");
    }

    /// <summary>The forms that act on a job; none for a caller who may only look.</summary>
    public static Html? Buttons(DashboardContext context, string id, string back) => context.IsReadOnly ? null : Html.Of(
        $"""
        {Button(context, "requeue", "Run again", id, back)}{(back == "deleted" ? null : Button(context, "delete", "Delete", id, back))}
        """);

    /// <summary>What a job calls, with its arguments but for the token that cancels it.</summary>
    /// <returns>Null when this build cannot load it.</returns>
    public static string? Call(Job? job) => job is null
        ? null
        : $"{job}({string.Join(", ", job.Args.Where(argument => argument is not (null or CancellationToken)))})";

    private static IReadOnlyList<ListRow>? Rows(IMonitoringApi monitoring, string list, int from, int count) => list switch
    {
        "enqueued" =>
        [
            .. monitoring.Queues().Where(queue => queue.Length > 0).SelectMany(queue => monitoring.EnqueuedJobs(queue.Name, from, count)
                .Select(job => new ListRow(job.Key, job.Value.Job, job.Value.EnqueuedAt, queue.Name))),
        ],
        "processing" => [.. monitoring.ProcessingJobs(from, count).Select(job => new ListRow(job.Key, job.Value.Job, job.Value.StartedAt, job.Value.ServerId))],
        "scheduled" => [.. monitoring.ScheduledJobs(from, count).Select(job => new ListRow(job.Key, job.Value.Job, job.Value.EnqueueAt, null))],
        "succeeded" => [.. monitoring.SucceededJobs(from, count).Select(job => new ListRow(job.Key, job.Value.Job, job.Value.SucceededAt, Duration(job.Value.TotalDuration)))],
        "failed" => [.. monitoring.FailedJobs(from, count).Select(job => new ListRow(job.Key, job.Value.Job, job.Value.FailedAt, $"{job.Value.ExceptionType}: {job.Value.ExceptionMessage}"))],
        "deleted" => [.. monitoring.DeletedJobs(from, count).Select(job => new ListRow(job.Key, job.Value.Job, job.Value.DeletedAt, null))],
        _ => null,
    };

    private static Html Row(DashboardContext context, string list, ListRow row) => Html.Of(
        $"""
        <tr><td><a href="{DashboardLinks.To(context, $"details/{row.Id}")}">{row.Id}</a></td><td data-label="Call">{Call(row.Job) ?? "unknown to this build"}</td>
        <td data-label="When" class="when">{row.At}</td><td data-label="Note" class="note">{row.Note}</td><td class="actions">{Buttons(context, row.Id, list)}</td></tr>
        """);

    private static Html Button(DashboardContext context, string action, string label, string id, string back) => Html.Of(
        $"""
        <form method="post" action="{DashboardLinks.To(context, action)}"><input type="hidden" name="id" value="{id}"><input type="hidden" name="back" value="{back}"><button>{label}</button></form>
        """);

    private static Html Pager(DashboardContext context, string list, int page, bool hasMore) => Html.Of(
        $"""
        <p class="pager">{(page > 1 ? Link(context, list, page - 1, "Previous page") : null)} {(hasMore ? Link(context, list, page + 1, "Next page") : null)}</p>
        """);

    private static Html Link(DashboardContext context, string list, int page, string label) =>
        Html.Of($"""<a href="{DashboardLinks.To(context, $"{list}?page={page}")}">{label}</a>""");

    private static string? Duration(long? milliseconds) =>
        milliseconds is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value / 1000.0:0.0} s from creation to end") : null;
}
