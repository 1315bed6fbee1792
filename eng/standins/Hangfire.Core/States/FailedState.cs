namespace Hangfire.States;

/// <summary>The job failed for good; it stays until somebody requeues or deletes it.</summary>
public class FailedState : IState
{
    public static readonly string StateName = "Failed";

    public FailedState(Exception exception)
        : this(exception, null)
    {
    }

    public FailedState(Exception exception, string? serverId)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Exception = exception;
        ServerId = serverId;
    }

    /// <summary>UTC.</summary>
    public DateTime FailedAt { get; } = StateClock.Now;

    public Exception Exception { get; }

    /// <summary>Where it failed; null when no server ran it.</summary>
    public string? ServerId { get; }

    public string Name => StateName;

    /// <inheritdoc/>
    public string? Reason { get; set; }

    public bool IsFinal => false;

    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData()
    {
        var data = new Dictionary<string, string>
        {
            ["FailedAt"] = StateClock.Write(FailedAt),
            ["ExceptionType"] = Exception.GetType().FullName ?? Exception.GetType().Name,
            ["ExceptionMessage"] = Exception.Message,
            ["ExceptionDetails"] = Exception.ToString(),
        };
        if (ServerId is not null)
        {
            data["ServerId"] = ServerId;
        }

        return data;
    }
}
