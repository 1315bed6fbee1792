using System.Linq.Expressions;
using Hangfire.States;

namespace Hangfire;

/// <content>Jobs that run later.</content>
public static partial class BackgroundJobClientExtensions
{
    public static string Schedule(this IBackgroundJobClient client, Expression<Action> methodCall, TimeSpan delay) =>
        client.Create(methodCall, new ScheduledState(delay));

    public static string Schedule(this IBackgroundJobClient client, string queue, Expression<Action> methodCall, TimeSpan delay) =>
        client.Create(queue, methodCall, new ScheduledState(delay));

    public static string Schedule(this IBackgroundJobClient client, Expression<Action> methodCall, DateTimeOffset enqueueAt) =>
        client.Create(methodCall, new ScheduledState(enqueueAt.UtcDateTime));

    public static string Schedule(this IBackgroundJobClient client, string queue, Expression<Action> methodCall, DateTimeOffset enqueueAt) =>
        client.Create(queue, methodCall, new ScheduledState(enqueueAt.UtcDateTime));

    public static string Schedule(this IBackgroundJobClient client, Expression<Func<Task>> methodCall, TimeSpan delay) =>
        client.Create(methodCall, new ScheduledState(delay));

    public static string Schedule(this IBackgroundJobClient client, string queue, Expression<Func<Task>> methodCall, TimeSpan delay) =>
        client.Create(queue, methodCall, new ScheduledState(delay));

    public static string Schedule(this IBackgroundJobClient client, Expression<Func<Task>> methodCall, DateTimeOffset enqueueAt) =>
        client.Create(methodCall, new ScheduledState(enqueueAt.UtcDateTime));

    public static string Schedule(this IBackgroundJobClient client, string queue, Expression<Func<Task>> methodCall, DateTimeOffset enqueueAt) =>
        client.Create(queue, methodCall, new ScheduledState(enqueueAt.UtcDateTime));

    public static string Schedule<T>(this IBackgroundJobClient client, Expression<Action<T>> methodCall, TimeSpan delay) =>
        client.Create(methodCall, new ScheduledState(delay));

    public static string Schedule<T>(this IBackgroundJobClient client, string queue, Expression<Action<T>> methodCall, TimeSpan delay) =>
        client.Create(queue, methodCall, new ScheduledState(delay));

    public static string Schedule<T>(this IBackgroundJobClient client, Expression<Action<T>> methodCall, DateTimeOffset enqueueAt) =>
        client.Create(methodCall, new ScheduledState(enqueueAt.UtcDateTime));

    public static string Schedule<T>(this IBackgroundJobClient client, string queue, Expression<Action<T>> methodCall, DateTimeOffset enqueueAt) =>
        client.Create(queue, methodCall, new ScheduledState(enqueueAt.UtcDateTime));

    public static string Schedule<T>(this IBackgroundJobClient client, Expression<Func<T, Task>> methodCall, TimeSpan delay) =>
        client.Create(methodCall, new ScheduledState(delay));

    public static string Schedule<T>(this IBackgroundJobClient client, string queue, Expression<Func<T, Task>> methodCall, TimeSpan delay) =>
        client.Create(queue, methodCall, new ScheduledState(delay));

    public static string Schedule<T>(this IBackgroundJobClient client, Expression<Func<T, Task>> methodCall, DateTimeOffset enqueueAt) =>
        client.Create(methodCall, new ScheduledState(enqueueAt.UtcDateTime));

    public static string Schedule<T>(this IBackgroundJobClient client, string queue, Expression<Func<T, Task>> methodCall, DateTimeOffset enqueueAt) =>
        client.Create(queue, methodCall, new ScheduledState(enqueueAt.UtcDateTime));
}
