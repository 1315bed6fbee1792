using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Platform.ServiceDefaults.Health;

/// <summary>
/// Ends a check after two seconds even if it ignores its token, keeps exceptions (which may quote connection strings) to itself and data that is
/// not meant to be public, and logs when the status changes.
/// </summary>
internal sealed partial class BoundedHealthCheck(
    string name,
    Func<IServiceProvider, IHealthCheck> create,
    TimeProvider clock,
    ILogger logger)
{
    /// <summary>How long a check may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private HealthStatus _last = HealthStatus.Healthy;

    /// <summary>The check, made with the services of one run.</summary>
    public IHealthCheck In(IServiceProvider services) => new Run(this, services);

    private async Task<HealthCheckResult> CheckAsync(IServiceProvider services, HealthCheckContext context, CancellationToken cancellationToken)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (result, reason) = (new HealthCheckResult(context.Registration.FailureStatus), "");
        try
        {
            // Task.Run, since a check may block before its first await.
            var check = Task.Run(() => create(services).CheckHealthAsync(context, deadline.Token), deadline.Token);
            result = await check.WaitAsync(Patience, clock, cancellationToken);
            reason = result.Description ?? result.Exception?.GetType().Name ?? "no reason given";
        }
        catch (TimeoutException)
        {
            reason = $"no response within {Patience.TotalSeconds} s";
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            reason = exception.GetType().Name;
        }
        finally
        {
            // Not awaited: Npgsql's cancellation itself waits for the server, and a frozen one lets it wait for long.
            _ = EndAsync(deadline);
        }

        NoteChange(result.Status, reason);
        return new HealthCheckResult(result.Status, data: context.Registration.Tags.Contains(HealthTags.Public) ? result.Data : null);
    }

    private static async Task EndAsync(CancellationTokenSource deadline)
    {
        using (deadline)
        {
            await deadline.CancelAsync();
        }
    }

    private void NoteChange(HealthStatus status, string reason)
    {
        if (Interlocked.Exchange(ref _last, status) == status)
        {
            return;
        }

        if (status == HealthStatus.Healthy)
        {
            LogRecovery(logger, name);
        }
        else
        {
            LogFailure(logger, name, status, reason);
        }
    }

    [LoggerMessage(LogLevel.Information, "Service {Service} is healthy again.")]
    private static partial void LogRecovery(ILogger logger, string service);

    [LoggerMessage(LogLevel.Warning, "Service {Service} became {Status}: {Reason}.")]
    private static partial void LogFailure(ILogger logger, string service, HealthStatus status, string reason);

    private sealed class Run(BoundedHealthCheck owner, IServiceProvider services) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            owner.CheckAsync(services, context, cancellationToken);
    }
}
