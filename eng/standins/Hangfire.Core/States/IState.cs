namespace Hangfire.States;

/// <summary>A state of a job.</summary>
public interface IState
{
    string Name { get; }

    /// <summary>Why the job is in it; null when there is nothing to say.</summary>
    string? Reason { get; }

    /// <summary>Whether a job in it expires.</summary>
    bool IsFinal { get; }

    /// <summary>Whether a job whose method is missing may take it.</summary>
    bool IgnoreJobLoadException { get; }

    Dictionary<string, string> SerializeData();
}
