namespace Platform.Contracts.Traces;

/// <summary>How a filter's value is written.</summary>
public enum TraceFilterKind
{
    /// <summary>What to search for.</summary>
    Search,

    /// <summary>The exact value.</summary>
    Exact,

    /// <summary>A <see cref="TraceOutcome"/> as the wire spells it.</summary>
    Outcome,

    /// <summary>US dollars with a point.</summary>
    Dollars,

    /// <summary>A whole number, of the field's unit if it has one.</summary>
    Number,

    /// <summary>ISO 8601, UTC unless it has an offset, or an age.</summary>
    Moment,
}

/// <summary>
/// A filter of the trace list. The query string, the form, the options of the command line and OpenAPI follow from <see cref="All"/>;
/// the SQL of each is in Core's <c>TraceFilter</c>. An empty value does not restrict.
/// </summary>
/// <param name="Name">In the query string; with dashes, the option of the command line.</param>
/// <param name="Kind">How a value is written.</param>
/// <param name="Label">In the form.</param>
/// <param name="Description">A sentence for the command line and OpenAPI.</param>
/// <param name="Example">A value, shown in the empty field.</param>
/// <param name="Unit">Of a number, such as <c>ms</c>; empty for none.</param>
public sealed record TraceFilterField(string Name, TraceFilterKind Kind, string Label, string Description, string Example = "", string Unit = "")
{
    /// <summary>Name of the search text.</summary>
    public static string Search => "q";

    /// <summary>In the order of the query string and the form.</summary>
    public static IReadOnlyList<TraceFilterField> All { get; } =
    [
        new(Search, TraceFilterKind.Search, "Search", "A message id, a Discord link, a trace id, or words.", "Text, message id, Discord link or trace id"),
        new("bot", TraceFilterKind.Exact, "Bot", "Only traces of this bot: its handle, or in imported traces its name."),
        new("channel", TraceFilterKind.Exact, "Channel", "Only traces of this chat or channel (id)."),
        new("outcome", TraceFilterKind.Outcome, "Outcome", "Only traces with this outcome: answered, silent, failed or cancelled."),
        new("silent_reason", TraceFilterKind.Exact, "Silent reason", "Only traces of activations in which the bot stayed silent for this reason: a rule such as may_speak, or empty_answer, refusal, phantom (reasoning without text) or ended_silently."),
        new("model", TraceFilterKind.Exact, "Model", "Only traces whose last call used this model."),
        new("cost_from", TraceFilterKind.Dollars, "Min. cost (US$)", "Minimum cost in US dollars, e.g. 0.05.", "0.05"),
        new("duration_from", TraceFilterKind.Number, "Min. duration (ms)", "Minimum duration in milliseconds.", "5000", "ms"),
        new("from", TraceFilterKind.Moment, "From (UTC)", "Started at or after: 2026-11-21, 2026-11-21T08:30Z, or an age such as 90m, 24h, 7d, 4w.", "24h or 2026-03-01"),
        new("to", TraceFilterKind.Moment, "Before (UTC)", "Started before: 2026-11-21, 2026-11-21T08:30Z, or an age such as 90m, 24h, 7d, 4w.", "1h or 2026-03-02"),
    ];

    /// <summary>The option of the command line: <c>--silent-reason</c>.</summary>
    public string Option => $"--{Name.Replace('_', '-')}";
}
