using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using Hangfire.Storage;

namespace Hangfire;

/// <summary>Where jobs are kept.</summary>
public abstract class JobStorage
{
    private static JobStorage? s_current;
    private TimeSpan _jobExpirationTimeout = TimeSpan.FromDays(1);

    internal JobStorage()
    {
    }

    /// <summary>The storage that was configured last in this process.</summary>
    /// <exception cref="InvalidOperationException">None was.</exception>
    public static JobStorage Current
    {
        get => Volatile.Read(ref s_current) ?? throw new InvalidOperationException("No job storage has been configured: call AddHangfire and a UseXStorage method.");
        set => Volatile.Write(ref s_current, value);
    }

    /// <summary>How long jobs that succeeded or were deleted are kept. Default: 1 day; not negative.</summary>
    /// <exception cref="ArgumentException">A negative time.</exception>
    public TimeSpan JobExpirationTimeout
    {
        get => _jobExpirationTimeout;
        set => _jobExpirationTimeout = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentException("JobExpirationTimeout must be zero or more.", nameof(value));
    }

    /// <summary>Set when the storage is added to a configuration.</summary>
    internal GlobalConfiguration Configuration { get; set; } = new();

    /// <summary>Reads for dashboards and metrics.</summary>
    public abstract IMonitoringApi GetMonitoringApi();

    /// <returns>The new job's id.</returns>
    internal abstract Task<string> CreateJobAsync(Job job, IState state, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken);

    /// <returns>Whether the job is there and was in <paramref name="expectedState"/>; null: in any.</returns>
    internal abstract Task<bool> ChangeStateAsync(string jobId, IState state, string? expectedState, CancellationToken cancellationToken);

    internal abstract Task<string?> GetParameterAsync(string jobId, string name, CancellationToken cancellationToken);

    internal abstract Task SetParameterAsync(string jobId, string name, string value, CancellationToken cancellationToken);

    internal abstract IJobServer CreateServer(BackgroundJobServerOptions options, IJobScopes scopes);
}
