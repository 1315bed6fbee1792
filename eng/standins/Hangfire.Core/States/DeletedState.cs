namespace Hangfire.States;

/// <summary>The job will not run.</summary>
public class DeletedState : IState
{
    public static readonly string StateName = "Deleted";

    /// <summary>UTC.</summary>
    public DateTime DeletedAt { get; } = StateClock.Now;

    public string Name => StateName;

    /// <inheritdoc/>
    public string? Reason { get; set; }

    public bool IsFinal => true;

    public bool IgnoreJobLoadException => true;

    public Dictionary<string, string> SerializeData() => new() { ["DeletedAt"] = StateClock.Write(DeletedAt) };
}
