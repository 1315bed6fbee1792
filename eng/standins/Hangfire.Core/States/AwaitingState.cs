namespace Hangfire.States;

/// <summary>The job waits for the end of another.</summary>
public class AwaitingState : IState
{
    public static readonly string StateName = "Awaiting";

    public AwaitingState(string parentId)
        : this(parentId, new EnqueuedState())
    {
    }

    public AwaitingState(string parentId, IState nextState)
        : this(parentId, nextState, JobContinuationOptions.OnlyOnSucceededState)
    {
    }

    public AwaitingState(string parentId, IState nextState, JobContinuationOptions options)
    {
        ArgumentNullException.ThrowIfNull(parentId);
        ArgumentNullException.ThrowIfNull(nextState);
        ParentId = parentId;
        NextState = nextState;
        Options = options;
    }

    public string ParentId { get; }

    /// <summary>Enqueued or scheduled; others are not covered.</summary>
    public IState NextState { get; }

    public JobContinuationOptions Options { get; }

    public string Name => StateName;

    /// <inheritdoc/>
    public string? Reason { get; set; }

    public bool IsFinal => false;

    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData()
    {
        var data = new Dictionary<string, string>
        {
            ["ParentId"] = ParentId,
            ["Options"] = Options.ToString(),
            ["NextState"] = NextState.Name,
        };
        foreach (var (key, value) in NextState.SerializeData())
        {
            data[key] = value;
        }

        return data;
    }

    /// <summary>What a continuation becomes when its parent ends.</summary>
    /// <param name="data">What <see cref="SerializeData"/> wrote.</param>
    /// <param name="parentState">The state in which the parent ended.</param>
    internal static IState Next(IReadOnlyDictionary<string, string> data, string parentState)
    {
        var options = Enum.Parse<JobContinuationOptions>(data["Options"]);
        var runs = options == JobContinuationOptions.OnAnyFinishedState
            || options.HasFlag(JobContinuationOptions.OnlyOnSucceededState) && parentState == SucceededState.StateName
            || options.HasFlag(JobContinuationOptions.OnlyOnDeletedState) && parentState == DeletedState.StateName;
        return !runs ? new DeletedState { Reason = "Continuation condition was not met." }
            : data["NextState"] == ScheduledState.StateName && StateClock.Read(data, "EnqueueAt") is { } at ? new ScheduledState(at)
            : new EnqueuedState(data.GetValueOrDefault("Queue"));
    }
}
