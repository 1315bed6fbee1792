using Hangfire.Storage;

namespace Hangfire.Dashboard;

/// <summary>Numbers, queues and servers.</summary>
internal static class OverviewPage
{
    public static Html Show(DashboardContext context, IMonitoringApi monitoring)
    {
        var numbers = monitoring.GetStatistics();
        (string Name, long Value, string? List)[] tiles =
        [
            ("Enqueued", numbers.Enqueued, "enqueued"), ("Processing", numbers.Processing, "processing"), ("Scheduled", numbers.Scheduled, "scheduled"),
            ("Awaiting", numbers.Awaiting ?? 0, null), ("Retries", numbers.Retries ?? 0, null),
            ("Succeeded", numbers.Succeeded, "succeeded"), ("Failed", numbers.Failed, "failed"), ("Deleted", numbers.Deleted, "deleted"),
        ];
        return Html.Of(
            $"""
            <h1>Overview</h1>
            <ul class="tiles">{Html.Join(tiles, tile => Tile(context, tile))}</ul>
            <h2>Queues</h2>
            {Queues(monitoring)}
            <h2>Servers</h2>
            {Servers(monitoring)}
            """);
    }

    private static Html Tile(DashboardContext context, (string Name, long Value, string? List) tile)
    {
        var name = tile.List is null ? Html.Of($"{tile.Name}") : Html.Of($"""<a href="{DashboardLinks.To(context, tile.List)}">{tile.Name}</a>""");
        return Html.Of($"<li><strong>{tile.Value}</strong> {name}</li>");
    }

    private static Html Queues(IMonitoringApi monitoring) => monitoring.Queues() is { Count: > 0 } queues
        ? Html.Of(
            $"""
            <table><thead><tr><th scope="col">Queue</th><th scope="col">Waiting</th><th scope="col">Running</th></tr></thead>
            <tbody>{Html.Join(queues, queue => Html.Of($"<tr><td>{queue.Name}</td><td>{queue.Length}</td><td>{queue.Fetched}</td></tr>"))}</tbody></table>
            """)
        : Html.Of($"<p>No queue holds a job.</p>");

    private static Html Servers(IMonitoringApi monitoring) => monitoring.Servers() is { Count: > 0 } servers
        ? Html.Of(
            $"""
            <table><thead><tr><th scope="col">Server</th><th scope="col">Workers</th><th scope="col">Queues</th><th scope="col">Since</th><th scope="col">Last sign of life</th></tr></thead>
            <tbody>{Html.Join(servers, server => Html.Of(
                $"<tr><td>{server.Name}</td><td>{server.WorkersCount}</td><td>{string.Join(", ", server.Queues)}</td><td>{server.StartedAt}</td><td>{server.Heartbeat}</td></tr>"))}</tbody></table>
            """)
        : Html.Of($"<p>No server is running.</p>");
}
