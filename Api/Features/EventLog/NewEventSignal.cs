using Platform.Core.Outbox;
using Platform.Core.Storage;

namespace Platform.Api.Features.EventLog;

/// <summary>Signals new events to every follower in this process; one connection listens for all of them.</summary>
internal sealed class NewEventSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NewEventSignal(NotificationListener notifications) => notifications.On(EventSequencer.NumberedChannel, Signal);

    /// <summary>Completes with the next signal. Get it before reading the log, so that no event is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    private void Signal() =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
