using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Core.Traces;

namespace Platform.Api.Errors;

/// <summary>Every problem that our own routes answer with (RFC 9457), each with a stable type.</summary>
internal static class Problems
{
    private const string TypeBase = "/problems/";

    public static ProblemHttpResult Unauthorized() => Of(
        StatusCodes.Status401Unauthorized, "unauthorized", "Missing or invalid API key",
        "Send the server's API_KEY or AUTH_TOKEN as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'.");

    public static ProblemHttpResult TooManyWrongKeys(int seconds) => Of(
        StatusCodes.Status429TooManyRequests, "too-many-wrong-keys", "Too many wrong API keys",
        $"Your address sent too many wrong API keys in a row. Wait {seconds} s, then send the right one.");

    public static ProblemHttpResult Forbidden() => Of(
        StatusCodes.Status403Forbidden, "forbidden", "Not allowed", "The API key lacks the scope that this route requires.");

    public static ProblemHttpResult NotFound(string what) => Of(
        StatusCodes.Status404NotFound, "not-found", $"No such {what}", $"There is no {what} with that id, or it is not yours.");

    /// <summary>An id led to no trace, or to several.</summary>
    /// <param name="match">Without a trace.</param>
    /// <param name="parameter">Which of several ids it was; null when there is one.</param>
    public static ProblemHttpResult NoTrace(TraceMatch match, string? parameter = null) => match.IsAmbiguous
        ? Of(
            StatusCodes.Status409Conflict, "ambiguous-trace-id", "Several traces have this id",
            $"Ids of imported traces may repeat: find the trace in the list and {(parameter is null ? "use" : $"give '{parameter}'")} its own id.")
        : parameter is null ? NotFound("trace")
        : Of(StatusCodes.Status404NotFound, "not-found", "No such trace", $"Trace {parameter.ToUpperInvariant()} does not exist, or it is not yours.");

    public static ProblemHttpResult UnknownBot(string bot, IReadOnlyCollection<string> known) => Of(
        StatusCodes.Status404NotFound, "unknown-bot", "No such bot",
        known.Count == 0
            ? $"There is no bot '{bot}' and no other bot: add a file to config/bots."
            : $"There is no bot '{bot}'. Bots: {string.Join(", ", known)}.");

    public static ProblemHttpResult BotDisabled(string bot) => Of(
        StatusCodes.Status409Conflict, "bot-disabled", "The bot is disabled", $"'{bot}' is disabled; enable it in its file.");

    public static ProblemHttpResult Invalid(string field, string message) => Of(
        StatusCodes.Status400BadRequest, "invalid-request", "Invalid request", message, [new("field", field)]);

    public static ProblemHttpResult Malformed(string message) => Of(
        StatusCodes.Status400BadRequest, "malformed-request", "Malformed request", message);

    public static ProblemHttpResult Of(
        int status, string type, string title, string detail, IEnumerable<KeyValuePair<string, object?>>? extensions = null) =>
        TypedResults.Problem(detail, null, status, title, TypeBase + type, extensions);
}
