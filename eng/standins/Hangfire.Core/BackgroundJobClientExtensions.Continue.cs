using System.Linq.Expressions;
using Hangfire.States;

namespace Hangfire;

/// <content>Jobs that run after another.</content>
public static partial class BackgroundJobClientExtensions
{
    public static string ContinueJobWith(this IBackgroundJobClient client, string parentId, Expression<Action> methodCall) =>
        client.ContinueJobWith(parentId, methodCall, new EnqueuedState());

    public static string ContinueJobWith(this IBackgroundJobClient client, string parentId, Expression<Action> methodCall, IState nextState) =>
        client.ContinueJobWith(parentId, methodCall, nextState, JobContinuationOptions.OnlyOnSucceededState);

    public static string ContinueJobWith(this IBackgroundJobClient client, string parentId, Expression<Action> methodCall, JobContinuationOptions options) =>
        client.ContinueJobWith(parentId, methodCall, new EnqueuedState(), options);

    public static string ContinueJobWith(
        this IBackgroundJobClient client, string parentId, Expression<Action> methodCall, IState nextState, JobContinuationOptions options) =>
        client.Create(methodCall, new AwaitingState(parentId, nextState, options));

    public static string ContinueJobWith(
        this IBackgroundJobClient client,
        string parentId,
        string queue,
        Expression<Action> methodCall,
        IState? nextState = null,
        JobContinuationOptions options = JobContinuationOptions.OnlyOnSucceededState) =>
        client.Create(queue, methodCall, new AwaitingState(parentId, nextState ?? new EnqueuedState(), options));

    public static string ContinueJobWith(
        this IBackgroundJobClient client,
        string parentId,
        Expression<Func<Task>> methodCall,
        IState? nextState = null,
        JobContinuationOptions options = JobContinuationOptions.OnlyOnSucceededState) =>
        client.Create(methodCall, new AwaitingState(parentId, nextState ?? new EnqueuedState(), options));

    public static string ContinueJobWith(
        this IBackgroundJobClient client,
        string parentId,
        string queue,
        Expression<Func<Task>> methodCall,
        IState? nextState = null,
        JobContinuationOptions options = JobContinuationOptions.OnlyOnSucceededState) =>
        client.Create(queue, methodCall, new AwaitingState(parentId, nextState ?? new EnqueuedState(), options));

    public static string ContinueJobWith<T>(this IBackgroundJobClient client, string parentId, Expression<Action<T>> methodCall) =>
        client.ContinueJobWith(parentId, methodCall, new EnqueuedState());

    public static string ContinueJobWith<T>(this IBackgroundJobClient client, string parentId, Expression<Action<T>> methodCall, IState nextState) =>
        client.ContinueJobWith(parentId, methodCall, nextState, JobContinuationOptions.OnlyOnSucceededState);

    public static string ContinueJobWith<T>(this IBackgroundJobClient client, string parentId, Expression<Action<T>> methodCall, JobContinuationOptions options) =>
        client.ContinueJobWith(parentId, methodCall, new EnqueuedState(), options);

    public static string ContinueJobWith<T>(
        this IBackgroundJobClient client, string parentId, Expression<Action<T>> methodCall, IState nextState, JobContinuationOptions options) =>
        client.Create(methodCall, new AwaitingState(parentId, nextState, options));

    public static string ContinueJobWith<T>(
        this IBackgroundJobClient client,
        string parentId,
        string queue,
        Expression<Action<T>> methodCall,
        IState? nextState = null,
        JobContinuationOptions options = JobContinuationOptions.OnlyOnSucceededState) =>
        client.Create(queue, methodCall, new AwaitingState(parentId, nextState ?? new EnqueuedState(), options));

    public static string ContinueJobWith<T>(
        this IBackgroundJobClient client,
        string parentId,
        Expression<Func<T, Task>> methodCall,
        IState? nextState = null,
        JobContinuationOptions options = JobContinuationOptions.OnlyOnSucceededState) =>
        client.Create(methodCall, new AwaitingState(parentId, nextState ?? new EnqueuedState(), options));

    public static string ContinueJobWith<T>(
        this IBackgroundJobClient client,
        string parentId,
        string queue,
        Expression<Func<T, Task>> methodCall,
        IState? nextState = null,
        JobContinuationOptions options = JobContinuationOptions.OnlyOnSucceededState) =>
        client.Create(queue, methodCall, new AwaitingState(parentId, nextState ?? new EnqueuedState(), options));
}
