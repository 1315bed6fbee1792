using System.ClientModel.Primitives;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Core.Models.Calls;
using Platform.Core.Text;

namespace Platform.Core.Models.Providers.OpenAi;

/// <summary>Turns what went wrong into an error for people and programs, without keys.</summary>
internal sealed class OpenAiFailure(ModelProvider provider, TimeProvider time)
{
    private const int MaxMessageLength = 500;

    /// <summary>The server answered with an error status.</summary>
    public ModelCallException FromStatus(PipelineResponse response, string body)
    {
        var status = response.Status;
        var said = Message(body);
        var message = said is null ? $"{provider.Name} answered {status} ({(HttpStatusCode)status})." : $"{provider.Name} answered {status}: {said}";
        return Fail(Code(status), message, status is 429 or 503 ? RetryAfter(response.Headers) : null, status);
    }

    /// <summary>The server reported an error inside a stream that had begun with 200.</summary>
    public ModelCallException FromEvent(JsonElement error)
    {
        int? status = error.ValueKind is JsonValueKind.Object && error.TryGetProperty("code", out var code)
            && code.ValueKind is JsonValueKind.Number && code.TryGetInt32(out var number) && number is >= 400 and < 600 ? number : null;
        return Fail(Code(status ?? 500), $"{provider.Name} broke off with an error: {Message(error) ?? "it gave no reason"}", null, status);
    }

    /// <summary>No connection, or it ended before an answer.</summary>
    public ModelCallException Unreachable(Exception exception) => Fail(
        "model_unreachable", $"{provider.Name} at {provider.ApiBase} cannot be reached: {Reason(exception)}.", null, null, exception);

    /// <summary>The answer began and did not end as it should.</summary>
    public ModelCallException Broken(string how, Exception? exception = null) => Fail(
        "stream_broken", $"The answer of {provider.Name} broke off: {how}.", null, null, exception);

    private ModelCallException Fail(string code, string message, TimeSpan? retryAfter, int? status, Exception? exception = null) =>
        new(new ModelError(code, Secrets.Redact(message, provider.ApiKey), retryAfter, status), exception);

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

    private string? Message(string body)
    {
        try
        {
            using var json = OpenAiChunk.Parse(body);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                ? Message(root.TryGetProperty("error", out var error) ? error : root)
                : null;
        }
        catch (JsonException)
        {
            // A proxy's HTML page helps nobody; the raw body is in the trace.
            return null;
        }
    }

    private string? Message(JsonElement error)
    {
        var text = error.ValueKind switch
        {
            JsonValueKind.String => error.GetString(),
            JsonValueKind.Object when (error.TryGetProperty("message", out var message) || error.TryGetProperty("detail", out message))
                && message.ValueKind is JsonValueKind.String => message.GetString(),
            _ => null,
        };
        // Control characters, U+0000 first, neither store nor read well; a key goes before the cut, which might leave half of it.
        var printable = string.Concat((text ?? "").Select(unit => char.IsControl(unit) ? ' ' : unit));
        var line = Secrets.Redact(string.Join(' ', printable.Split(' ', StringSplitOptions.RemoveEmptyEntries)), provider.ApiKey);
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
