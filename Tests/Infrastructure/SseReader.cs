using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Platform.Tests.Infrastructure;

/// <summary>Reads server-sent events as they arrive. Ask for the response with <see cref="HttpCompletionOption.ResponseHeadersRead"/>.</summary>
public static class SseReader
{
    /// <exception cref="Xunit.Sdk.XunitException">The response is not a successful text/event-stream.</exception>
    public static async IAsyncEnumerable<SseRecord> ReadAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream" || !response.IsSuccessStatusCode)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            Assert.Fail($"Expected an event stream, got {(int)response.StatusCode} {response.Content.Headers.ContentType}: {body}");
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            yield return new SseRecord(item.EventId, item.EventType, item.Data);
        }
    }

    /// <summary>Reads up to and including the first event of the type, or to the end of the stream.</summary>
    public static async Task<List<SseRecord>> ReadUntilAsync(
        HttpResponseMessage response, string lastEvent, CancellationToken cancellationToken)
    {
        List<SseRecord> records = [];
        await foreach (var record in ReadAsync(response, cancellationToken))
        {
            records.Add(record);
            if (record.Event == lastEvent)
            {
                break;
            }
        }

        return records;
    }
}
