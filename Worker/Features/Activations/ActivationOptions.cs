namespace Platform.Worker.Features.Activations;

/// <summary>How this worker runs activations. Section <c>Activations</c>.</summary>
public sealed class ActivationOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Activations";

    /// <summary>How many run at once in this process; 1 to 200. They wait for models, so this costs memory rather than processor time.</summary>
    public int MaxConcurrent { get; set; } = 16;

    /// <summary>How often the queue is looked at when no notification comes; 100 ms to 1 minute.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often leases of dead workers are looked for; 100 ms to 5 seconds.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After how many claims an activation whose workers keep dying is failed; 1 to 100.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long running activations may go on after SIGTERM before they are handed back; 0 to 10 minutes.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);
}
