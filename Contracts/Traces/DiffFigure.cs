namespace Platform.Contracts.Traces;

/// <summary>A number of two traces.</summary>
/// <param name="Name">
/// <c>duration</c>, <c>time_to_first_token</c>, <c>model_time</c>, <c>cost</c>, <c>tokens_in</c>, <c>tokens_out</c>, <c>cache_read_tokens</c>,
/// <c>cache_write_tokens</c>, <c>reasoning_tokens</c>, <c>calls</c>, <c>tools</c>, <c>context_messages</c> or <c>context_tokens</c> (an estimate).
/// </param>
/// <param name="Unit"><c>ms</c>, <c>usd</c>, <c>tokens</c> or <c>count</c>.</param>
/// <param name="A">Of the first trace; null when unknown.</param>
/// <param name="B">Of the second trace; null when unknown.</param>
public sealed record DiffFigure(string Name, string Unit, decimal? A, decimal? B);
