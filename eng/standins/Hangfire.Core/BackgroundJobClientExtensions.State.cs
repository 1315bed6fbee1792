using Hangfire.States;

namespace Hangfire;

/// <content>Changes of jobs that are there; each says whether the change was made.</content>
public static partial class BackgroundJobClientExtensions
{
    public static bool ChangeState(this IBackgroundJobClient client, string jobId, IState state) =>
        client.ChangeState(jobId, state, null);

    public static bool Delete(this IBackgroundJobClient client, string jobId) => client.Delete(jobId, null);

    public static bool Delete(this IBackgroundJobClient client, string jobId, string? fromState) =>
        client.ChangeState(jobId, new DeletedState(), fromState);

    public static bool Requeue(this IBackgroundJobClient client, string jobId) => client.Requeue(jobId, null);

    public static bool Requeue(this IBackgroundJobClient client, string jobId, string? fromState) =>
        client.ChangeState(jobId, new EnqueuedState(), fromState);

    public static bool Reschedule(this IBackgroundJobClient client, string jobId, TimeSpan delay) =>
        client.Reschedule(jobId, delay, null);

    public static bool Reschedule(this IBackgroundJobClient client, string jobId, TimeSpan delay, string? fromState) =>
        client.ChangeState(jobId, new ScheduledState(delay), fromState);

    public static bool Reschedule(this IBackgroundJobClient client, string jobId, DateTimeOffset enqueueAt) =>
        client.Reschedule(jobId, enqueueAt, null);

    public static bool Reschedule(this IBackgroundJobClient client, string jobId, DateTimeOffset enqueueAt, string? fromState) =>
        client.ChangeState(jobId, new ScheduledState(enqueueAt.UtcDateTime), fromState);
}
