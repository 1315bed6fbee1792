using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Npgsql;
using Platform.Core.Storage;
using Platform.Core.Traces;

namespace Platform.Api.Errors;

/// <summary>Maps exceptions to problems: bad requests to 400, including those that the database detects, an unavailable database and a full disk to 503, anything else to 500.</summary>
internal sealed partial class FailureHandler(DatabaseState database, ILogger<FailureHandler> logger) : IExceptionHandler
{
    private const int RetryAfterSeconds = 5;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        database.Note(exception);
        if (exception is not BadHttpRequestException && !IsUnstorable(exception) && !IsUnknownCharset(exception, httpContext.Request))
        {
            LogFailed(exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        await PlainErrors.Shape(ProblemOf(exception, httpContext), httpContext).ExecuteAsync(httpContext);
        return true;
    }

    private static ProblemHttpResult ProblemOf(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large", "Send a smaller body.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Unsupported content type", "Send application/json.");
            case { } unreadable when IsUnknownCharset(unreadable, context.Request):
                return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Unsupported charset", "Send application/json in UTF-8.");
            case BadHttpRequestException bad:
                return Problems.Malformed(Explain(bad));
            case PostgresException unstorable when IsUnstorable(unstorable):
                return Problems.Malformed($"The request contains a value that cannot be stored or searched: {unstorable.MessageText}.");
            case TemporaryFolderFullException full:
                RetryLater(context);
                return Problems.Of(
                    StatusCodes.Status503ServiceUnavailable, "temporary-folder-full", "The folder for temporary files is full",
                    $"{full.Message} Free space there, then send the request again.");
            case { } full when DatabaseFailure.IsDiskFull(full):
                RetryLater(context);
                return Problems.Of(
                    StatusCodes.Status503ServiceUnavailable, "disk-full", "The disk of the database is full",
                    "The request was not stored; nothing that was acknowledged is lost. Free space on the disk of Postgres: writes then work again without a restart.");
            case { } away when DatabaseFailure.IsAway(away):
                return DatabaseAwayMiddleware.Unavailable(context);
            default:
                return Problems.Of(
                    StatusCodes.Status500InternalServerError, "internal-error", "Internal error",
                    "See the server's log for this request's correlation id.");
        }
    }

    /// <summary>Says when to try again.</summary>
    /// <returns>In how many seconds.</returns>
    internal static int RetryLater(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return RetryAfterSeconds;
    }

    // Class 22, data exceptions: U+0000 in a text, numbers out of range, half a surrogate pair in JSON.
    private static bool IsUnstorable(Exception exception) =>
        exception is PostgresException { SqlState: var state } && state.StartsWith("22", StringComparison.Ordinal);

    // The framework asks for the encoding by name, and throws whatever that lookup throws.
    private static bool IsUnknownCharset(Exception exception, HttpRequest request) =>
        exception is InvalidOperationException { InnerException: ArgumentException }
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.HasValue && type.Encoding is null;

    private static string Explain(BadHttpRequestException bad) => bad.InnerException switch
    {
        JsonException { LineNumber: { } line, BytePositionInLine: { } position } json =>
            $"The body is not valid JSON for this route: line {line + 1}, byte {position + 1}"
            + (string.IsNullOrEmpty(json.Path) || json.Path == "$" ? "." : $", at {json.Path}."),
        _ => bad.Message,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(Exception exception, string method, string path);
}
