using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Platform.Contracts;
using Platform.Contracts.Conversations;
using Platform.Core.Access;
using Platform.Core.Storage;
using Platform.ServiceDefaults.Access;

namespace Platform.Api.Streams;

/// <summary>Writes events as <c>text/event-stream</c>, each flushed at once, until the client leaves.</summary>
internal sealed partial class EventStreamResult(IAsyncEnumerable<StreamItem> items) : IResult, IEndpointMetadataProvider
{
    private const string ContentType = "text/event-stream";

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [ContentType]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // The stream polls for as long as it is open: the request has a span, its reads have none.
        Activity.Current = null;
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var id = "0";
        var session = PresentedKey.Of(httpContext.Request) is { } presented && Session.IsId(presented) ? presented : null;
        var sessions = httpContext.RequestServices.GetRequiredService<SessionStore>();
        try
        {
            await foreach (var item in items.WithCancellation(httpContext.RequestAborted))
            {
                // A stream ends with its session, at the latest at the next heartbeat.
                if (session is not null && await sessions.FindAsync(session, httpContext.RequestAborted) is null)
                {
                    return;
                }

                id = item.Id;
                await WriteAsync(response, item.Event, id, item.Data, httpContext.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The client left, or the host stops; the client comes back with its last id.
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
        {
            LogInterrupted(httpContext.RequestServices.GetRequiredService<ILogger<EventStreamResult>>(), httpContext.Request.Path, exception.Message);
            await WriteAsync(
                response, StreamEvents.Error, id,
                new StreamErrorEvent("database_unavailable", "The database is unavailable. Reconnect to resume.", 2, null, null),
                httpContext.RequestAborted);
        }
    }

    private static async Task WriteAsync(HttpResponse response, string name, string id, object data, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(data, data.GetType(), WireJson.Options);
        await response.WriteAsync($"id: {id}\nevent: {name}\ndata: {json}\n\n", Encoding.UTF8, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stream {Path} was interrupted: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string path, string reason);
}
