namespace Platform.Contracts.Traces;

/// <summary>A column of the trace list.</summary>
/// <param name="Name">In the address, in <c>columns=</c>.</param>
/// <param name="Label">In the head of the table.</param>
/// <param name="IsDefault">Whether it is shown unless columns are chosen.</param>
/// <param name="Sort">What a click on its head sorts by; null for nothing.</param>
public sealed record TraceColumn(string Name, string Label, bool IsDefault, TraceSort? Sort = null)
{
    /// <summary>In the order of the table.</summary>
    public static IReadOnlyList<TraceColumn> All { get; } =
    [
        new("outcome", "Outcome", true),
        new("time", "Time", true, TraceSort.Time),
        new("bot", "Bot", true),
        new("trigger", "Trigger", true),
        new("preview", "Preview", true),
        new("channel", "Channel", false),
        new("model", "Model", true),
        new("calls", "Calls", false),
        new("tools", "Tools", false),
        new("input_tokens", "In", true, TraceSort.InputTokens),
        new("output_tokens", "Out", true, TraceSort.OutputTokens),
        new("duration", "Duration", true, TraceSort.Duration),
        new("cost", "Cost", false, TraceSort.Cost),
    ];

    /// <summary>Whether the list always has it: it leads to the trace.</summary>
    public bool IsRequired => Name == "preview";

    /// <summary>Reads a list of columns: names with commas between them.</summary>
    /// <param name="text">Null or empty for the default columns.</param>
    /// <returns>In the order of the table, the required one included; null when a name is unknown.</returns>
    public static IReadOnlyList<TraceColumn>? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [.. All.Where(column => column.IsDefault)];
        }

        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 && names.All(name => All.Any(column => column.Name == name))
            ? [.. All.Where(column => column.IsRequired || names.Contains(column.Name))]
            : null;
    }
}
