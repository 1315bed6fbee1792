using System.Net;
using System.Text;
using Platform.Core.Outbox;

namespace Platform.Worker.Features.Outbox;

/// <summary>What a receiver's answer means for an effect.</summary>
internal static class HttpAnswer
{
    private const int MaxBodyBytes = 4096;
    private const int MaxQuotedLength = 200;

    /// <summary>How long a failed answer's body is waited for; the status counts without it.</summary>
    private static readonly TimeSpan QuotePatience = TimeSpan.FromSeconds(1);

    /// <summary>Reads an answer, of its body 4 KiB at most.</summary>
    public static async Task<DeliveryResult> ReadAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return DeliveryResult.Delivered;
        }

        var status = (int)response.StatusCode;
        if (response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest)
        {
            return DeliveryResult.Refused($"HTTP {status}: redirects are not followed. Set the webhook's URL to the final address.");
        }

        var error = $"HTTP {status}.";
        var result = response.StatusCode switch
        {
            HttpStatusCode.Gone => DeliveryResult.Gone(error),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425 or >= HttpStatusCode.InternalServerError =>
                DeliveryResult.Failed(error, RetryAfterOf(response, clock)),
            _ => DeliveryResult.Refused(error),
        };
        return result with { Quote = await QuoteAsync(response, clock, cancellationToken) };
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, TimeProvider clock)
    {
        var wanted = response.Headers.RetryAfter;
        return wanted?.Delta ?? (wanted?.Date is { } date && date > clock.GetUtcNow() ? date - clock.GetUtcNow() : null);
    }

    private static async Task<string> QuoteAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(QuotePatience, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await ReadQuoteAsync(response, ending.Token);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return "";
        }
    }

    private static async Task<string> ReadQuoteAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[MaxBodyBytes];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        var text = new string([.. Encoding.UTF8.GetString(bytes, 0, length).Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]).Trim();
        return text.Length <= MaxQuotedLength ? text : $"{text[..MaxQuotedLength]}…";
    }
}
