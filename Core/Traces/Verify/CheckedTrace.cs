namespace Platform.Core.Traces.Verify;

/// <summary>A trace's row, to be compared with its document and its calls.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="SourceTraceId">The id that its own program gave it.</param>
/// <param name="Bot">Its name.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Calls">How many model requests it counts.</param>
/// <param name="Tools">How many tool runs it counts.</param>
/// <param name="DocumentDay">The partition of its document.</param>
/// <param name="MessageError">What is wrong with its counts of messages; null when they fit.</param>
/// <param name="CallIds">Ids of the calls' rows inside the document, in order.</param>
/// <param name="Positions">Positions of the calls' rows, in order.</param>
internal sealed record CheckedTrace(
    Guid Id,
    string SourceTraceId,
    string Bot,
    DateTimeOffset StartedAt,
    int Calls,
    int Tools,
    DateOnly DocumentDay,
    string? MessageError,
    IReadOnlyList<string> CallIds,
    IReadOnlyList<int> Positions);
