namespace Hangfire.States;

/// <summary>A server performs the job.</summary>
public class ProcessingState : IState
{
    public static readonly string StateName = "Processing";

    internal ProcessingState(string serverId) => ServerId = serverId;

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; } = StateClock.Now;

    public string ServerId { get; }

    public string Name => StateName;

    /// <inheritdoc/>
    public string? Reason { get; set; }

    public bool IsFinal => false;

    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData() => new()
    {
        ["StartedAt"] = StateClock.Write(StartedAt),
        ["ServerId"] = ServerId,
    };
}
