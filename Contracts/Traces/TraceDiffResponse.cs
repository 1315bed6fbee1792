namespace Platform.Contracts.Traces;

/// <summary>Answer of <c>GET /api/v1/traces/diff</c>.</summary>
/// <param name="A">The first trace.</param>
/// <param name="B">The second trace.</param>
/// <param name="Figures">Timing, cost, tokens and counts, always all of them, in this order.</param>
/// <param name="Sections">Every part, in the order in which it comes about; a part that neither has is left out.</param>
public sealed record TraceDiffResponse(
    TraceSummary A, TraceSummary B, IReadOnlyList<DiffFigure> Figures, IReadOnlyList<DiffSection> Sections);

/// <summary>A part of two traces, compared line by line.</summary>
/// <param name="Kind">Which part.</param>
/// <param name="Kept">How many lines are in both, shown or not.</param>
/// <param name="Removed">How many lines only the first has.</param>
/// <param name="Added">How many lines only the second has.</param>
/// <param name="IsCoarse">True when the texts were too large or too unlike to be matched as closely as possible: more lines than need be count as changed.</param>
/// <param name="IsCut">True when there are more changed lines than <paramref name="Lines"/> shows.</param>
/// <param name="NoteA">Why the first trace has less to compare here, for a person; null when it has all.</param>
/// <param name="NoteB">The same of the second.</param>
/// <param name="Lines">Changes with the kept lines around them; empty when nothing changed.</param>
public sealed record DiffSection(
    DiffSectionKind Kind,
    int Kept,
    int Removed,
    int Added,
    bool IsCoarse,
    bool IsCut,
    string? NoteA,
    string? NoteB,
    IReadOnlyList<DiffLine> Lines);

/// <summary>A part of a trace that is compared line by line.</summary>
public enum DiffSectionKind
{
    /// <summary>The trigger, the rules and the outcome.</summary>
    Decision,

    /// <summary>The bot's configuration, a line a value: <c>key.inner = value</c>, sorted.</summary>
    Settings,

    /// <summary>The messages that went into the context, a line each.</summary>
    Context,

    /// <summary>The last request's parameters, a line a value, without its messages.</summary>
    Request,

    /// <summary>The prompt: system prompt and messages of the last request.</summary>
    Prompt,

    /// <summary>Tool runs with input and output.</summary>
    Tools,

    /// <summary>The answer.</summary>
    Answer,
}

/// <summary>A number of two traces.</summary>
/// <param name="Name">
/// <c>duration</c>, <c>time_to_first_token</c>, <c>model_time</c>, <c>cost</c>, <c>tokens_in</c>, <c>tokens_out</c>, <c>cache_read_tokens</c>,
/// <c>cache_write_tokens</c>, <c>reasoning_tokens</c>, <c>calls</c>, <c>tools</c>, <c>context_messages</c> or <c>context_tokens</c> (an estimate).
/// </param>
/// <param name="Unit"><c>ms</c>, <c>usd</c>, <c>tokens</c> or <c>count</c>.</param>
/// <param name="A">Of the first trace; null when unknown.</param>
/// <param name="B">Of the second trace; null when unknown.</param>
public sealed record DiffFigure(string Name, string Unit, decimal? A, decimal? B);

/// <summary>One line of a comparison.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="A">Its number in the first text, from 1; null for an added line. Of skipped lines the first one's.</param>
/// <param name="B">Its number in the second text, from 1; null for a removed line. Of skipped lines the first one's.</param>
/// <param name="Text">The line without its end, at most 4000 UTF-16 units; empty for skipped lines.</param>
/// <param name="Count">How many lines it stands for: 1, or more for skipped lines.</param>
public sealed record DiffLine(DiffLineKind Kind, int? A, int? B, string Text, int Count = 1);

/// <summary>What a line of a comparison is.</summary>
public enum DiffLineKind
{
    /// <summary>In both.</summary>
    Kept,

    /// <summary>Only in the first.</summary>
    Removed,

    /// <summary>Only in the second.</summary>
    Added,

    /// <summary>Stands for lines that are in both and are not shown.</summary>
    Skipped,
}
