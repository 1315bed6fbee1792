using System.Net;
using System.Net.Http.Headers;

namespace Platform.Core.Replays;

/// <summary>Answers every request with the same recorded body. No connection is opened.</summary>
internal sealed class RecordedHandler(byte[] body, bool isStream) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The client closes the stream of a content that is in memory as a whole before it is read.
        var content = new StreamContent(new MemoryStream(body, writable: false));
        content.Headers.ContentType = new MediaTypeHeaderValue(isStream ? "text/event-stream" : "application/json");
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request });
    }
}
