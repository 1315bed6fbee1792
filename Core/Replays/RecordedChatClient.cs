using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Platform.Core.Models.Calls;

namespace Platform.Core.Replays;

/// <summary>Returns the recorded response.</summary>
internal sealed class RecordedChatClient(IReadOnlyList<ChatResponseUpdate> updates) : IChatClient
{
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var update in updates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (update.Contents.OfType<ErrorContent>().FirstOrDefault() is { } error)
            {
                throw new ModelCallException(new ModelError("model_error", $"The recorded response reported an error: {error.Message}")) { IsReported = true };
            }

            yield return update;
        }

        if (!updates.Any(update => update.FinishReason is not null))
        {
            throw new ModelCallException(new ModelError("stream_broken", "The recorded response ends without a stop reason."));
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // It has no resources.
    }
}
