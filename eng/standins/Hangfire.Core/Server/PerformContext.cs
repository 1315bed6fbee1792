using System.Text.Json;

namespace Hangfire.Server;

/// <summary>The run of a job; a job's method may take it as a parameter.</summary>
public class PerformContext
{
    internal PerformContext(JobStorage storage, BackgroundJob backgroundJob, IJobCancellationToken cancellationToken, string serverId)
    {
        Storage = storage;
        BackgroundJob = backgroundJob;
        CancellationToken = cancellationToken;
        ServerId = serverId;
    }

    public JobStorage Storage { get; }

    /// <summary>A place for the job's own things; it lives as long as the run.</summary>
    public IDictionary<string, object?> Items { get; } = new Dictionary<string, object?>();

    public BackgroundJob BackgroundJob { get; }

    public IJobCancellationToken CancellationToken { get; }

    public string ServerId { get; }

    /// <summary>Keeps a value with the job, for later runs.</summary>
    public void SetJobParameter(string name, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var json = JsonSerializer.Serialize(value);
        Task.Run(() => Storage.SetParameterAsync(BackgroundJob.Id, name, json, default)).GetAwaiter().GetResult();
    }

    /// <summary>A value that was kept; the type's default when there is none. <c>RetryCount</c> is the number of retries so far.</summary>
    public T? GetJobParameter<T>(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var json = Task.Run(() => Storage.GetParameterAsync(BackgroundJob.Id, name, default)).GetAwaiter().GetResult();
        return json is null ? default : JsonSerializer.Deserialize<T>(json);
    }
}
