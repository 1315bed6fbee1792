namespace Hangfire.Dashboard;

/// <summary>Paths within the dashboard.</summary>
internal static class DashboardLinks
{
    /// <summary>The lists, in order, by the last part of their path.</summary>
    public static readonly IReadOnlyList<(string Path, string Name)> Lists =
    [
        ("enqueued", "Enqueued"), ("processing", "Processing"), ("scheduled", "Scheduled"),
        ("succeeded", "Succeeded"), ("failed", "Failed"), ("deleted", "Deleted"),
    ];

    public static string To(DashboardContext context, string path) => $"{context.Options.PrefixPath}{context.Request.PathBase}/{path}";

    /// <summary>The list to return to; anything else becomes the overview.</summary>
    public static string BackTo(string? path) => Lists.Any(list => list.Path == path) ? path ?? "" : "";
}
