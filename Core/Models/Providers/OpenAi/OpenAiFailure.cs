using System.ClientModel.Primitives;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Contracts;
using Platform.Core.Models.Calls;
using Platform.Core.Text;

namespace Platform.Core.Models.Providers.OpenAi;

/// <summary>Turns what went wrong into an error for people and programs, without keys.</summary>
internal sealed class OpenAiFailure(ModelProvider provider, TimeProvider time)
{
    private const int MaxMessageLength = 500;

    // Errors without a status, by the words of OpenAI, Anthropic and vLLM: the same request would fail again.
    private static readonly string[] Refusals = ["invalid_request", "badrequest", "bad_request", "authentication", "permission", "not_found", "context_length"];

    private static readonly string[] KindNames = ["type", "code"];

    /// <summary>The server answered with an error status.</summary>
    public ModelCallException FromStatus(PipelineResponse response, string body)
    {
        var status = response.Status;
        var said = Line(ServerMessage.Of(body));
        var message = said is null ? $"{provider.Name} answered {status} ({(HttpStatusCode)status})." : $"{provider.Name} answered {status}: {said}";
        return Fail(Code(status), message, status is 429 or 503 ? RetryAfter(response.Headers) : null, status);
    }

    /// <summary>The server reported an error inside a stream that had begun with 200.</summary>
    public ModelCallException FromEvent(JsonElement error) =>
        Reported(OpenAiChunk.StatusOf(error), Kind(error), Line(ServerMessage.Of(error)) ?? "no reason given");

    /// <inheritdoc cref="FromEvent"/>
    public ModelCallException FromText(string text) => Reported(null, "", Line(ServerMessage.Of(text)) ?? "no reason given");

    /// <summary>The server gave an error as the reason why the answer ends.</summary>
    public ModelCallException FromFinish(string reason) => Reported(null, "", $"finish reason '{Line(reason)}'");

    /// <summary>The response ended before the answer did.</summary>
    /// <param name="hasBegun">Whether there was any part of an answer.</param>
    /// <param name="remark">What the server said besides.</param>
    public ModelCallException Unfinished(bool hasBegun, string remark)
    {
        var how = hasBegun ? "it ended without a finish reason" : "it held no answer";
        return Broken(Line(ServerMessage.Of(remark)) is { } said ? $"{how}; the server sent: {said}" : how);
    }

    /// <summary>No connection, or it ended before an answer.</summary>
    public ModelCallException Unreachable(Exception exception) => Fail(
        "model_unreachable", $"{provider.Name} at {provider.ApiBase} cannot be reached: {Reason(exception)}.", null, null, exception);

    /// <summary>The answer began and did not end as it should.</summary>
    public ModelCallException Broken(string how, Exception? exception = null) => Fail(
        "stream_broken", $"The answer of {provider.Name} was interrupted: {how}.", null, null, exception);

    private ModelCallException Reported(int? status, string kind, string said)
    {
        var code = status is { } known ? Code(known)
            : kind.Contains("rate", StringComparison.OrdinalIgnoreCase) && kind.Contains("limit", StringComparison.OrdinalIgnoreCase) ? Code(429)
            : Refusals.Any(word => kind.Contains(word, StringComparison.OrdinalIgnoreCase)) ? Code(400)
            : Code(500);
        return new ModelCallException(Fail(code, $"{provider.Name} reported an error: {said}", null, status).Error) { IsReported = true };
    }

    private ModelCallException Fail(string code, string message, TimeSpan? retryAfter, int? status, Exception? exception = null) =>
        new(new ModelError(code, provider.Mask.InMessage(message), retryAfter, status), exception);

    private static string Code(int status) => status switch
    {
        429 => "rate_limited",
        >= 500 => "model_error",
        _ => "model_rejected",
    };

    private static string Reason(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name does not resolve",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "the TLS handshake failed",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "it closed the connection without an answer",
        OperationCanceledException => "it did not accept a connection in time (Models:ConnectTimeout)",
        _ => "the connection failed",
    };

    /// <summary>The type and the code of an error, where they are words.</summary>
    private static string Kind(JsonElement error) => error.ValueKind is not JsonValueKind.Object
        ? ""
        : string.Join(' ', KindNames.Select(name => ServerMessage.Has(error, name, out var word) && word.ValueKind is JsonValueKind.String ? LoneSurrogates.Read(word) : ""));

    /// <summary>One line of bounded length, without keys.</summary>
    private string? Line(string? said)
    {
        // Control characters, U+0000 first, neither store nor read well; a key goes before the cut, which might leave half of it.
        var printable = string.Concat((said ?? "").Select(unit => char.IsControl(unit) ? ' ' : unit));
        var line = provider.Mask.InMessage(string.Join(' ', printable.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        return line.Length switch
        {
            0 => null,
            > MaxMessageLength => Preview.Of(line, MaxMessageLength) + "…",
            _ => line,
        };
    }

    private TimeSpan? RetryAfter(PipelineResponseHeaders headers)
    {
        if (headers.TryGetValue("retry-after-ms", out var text)
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < 1e9)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        if (!headers.TryGetValue("retry-after", out text) || !RetryConditionHeaderValue.TryParse(text, out var retry))
        {
            return null;
        }

        var wait = retry.Delta ?? retry.Date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
