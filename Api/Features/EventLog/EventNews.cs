using Platform.Core.Outbox;
using Platform.Core.Storage;

namespace Platform.Api.Features.EventLog;

/// <summary>Tells every follower of this process that there are new events; one connection listens for all of them.</summary>
internal sealed class EventNews
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EventNews(NotificationListener notifications) => notifications.On(EventSequencer.NumberedChannel, Tell);

    /// <summary>Ends with the next news. Ask before looking, so that nothing falls between.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    private void Tell() =>
        Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
