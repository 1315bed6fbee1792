using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Hangfire.States;

namespace Hangfire.Server;

/// <summary>Calls the method of a job.</summary>
internal sealed class JobPerformer(IJobScopes scopes)
{
    /// <summary>The state that follows from the run: succeeded, failed, or enqueued again because the server stops; null when the job was taken away.</summary>
    /// <param name="context">The run.</param>
    /// <param name="cancellation">The run's token.</param>
    /// <param name="latency">How long the job had waited.</param>
    public async Task<IState?> PerformAsync(PerformContext context, JobCancellation cancellation, TimeSpan latency)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var result = await InvokeAsync(context);
            return new SucceededState(result, (long)latency.TotalMilliseconds, clock.ElapsedMilliseconds);
        }
        catch (OperationCanceledException) when (cancellation.IsStopping)
        {
            return new EnqueuedState { Reason = "The server was stopped." };
        }
        catch (OperationCanceledException) when (cancellation.ShutdownToken.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever a job throws is the job's outcome.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new FailedState(exception, context.ServerId) { Reason = "An exception occurred during performance of the job." };
        }
    }

    private async Task<object?> InvokeAsync(PerformContext context)
    {
        var job = context.BackgroundJob.Job;
        var arguments = job.Method.GetParameters()
            .Select((parameter, index) => JobParameters.IsGivenAtRunTime(parameter.ParameterType)
                ? JobParameters.ValueOf(parameter.ParameterType, context)
                : job.Args[index])
            .ToArray();
        await using var scope = scopes.Begin();
        var target = job.Method.IsStatic ? null : scope.Resolve(job.Type);
        try
        {
            return await ResultOfAsync(job.Method.Invoke(target, arguments));
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } thrown)
        {
            ExceptionDispatchInfo.Throw(thrown);
            throw;
        }
    }

    private static async Task<object?> ResultOfAsync(object? returned)
    {
        if (returned is ValueTask valueTask)
        {
            await valueTask;
            return null;
        }

        if (returned is not Task task)
        {
            return returned;
        }

        await task;
        var type = task.GetType();
        return type.IsGenericType && type.GetGenericArguments()[0].IsVisible
            ? type.GetProperty("Result")?.GetValue(task)
            : null;
    }
}
