namespace Hangfire.States;

/// <summary>The job waits for a server.</summary>
public class EnqueuedState : IState
{
    public static readonly string StateName = "Enqueued";

    /// <summary>The queue of jobs that name none.</summary>
    public const string DefaultQueue = "default";

    private string _queue = DefaultQueue;

    public EnqueuedState()
    {
    }

    public EnqueuedState(string? queue) => Queue = queue ?? DefaultQueue;

    /// <exception cref="ArgumentException">Not lower case letters, digits, <c>-</c> and <c>_</c>.</exception>
    public string Queue
    {
        get => _queue;
        set => _queue = IsValid(value)
            ? value
            : throw new ArgumentException($"The queue name must consist of lowercase letters, digits, underscore, and dash characters only. Given: `{value}`.", nameof(value));
    }

    /// <summary>UTC.</summary>
    public DateTime EnqueuedAt { get; } = StateClock.Now;

    public string Name => StateName;

    /// <inheritdoc/>
    public string? Reason { get; set; }

    public bool IsFinal => false;

    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData() => new()
    {
        ["EnqueuedAt"] = StateClock.Write(EnqueuedAt),
        ["Queue"] = Queue,
    };

    internal static bool IsValid(string? queue) =>
        !string.IsNullOrEmpty(queue) && queue.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_');
}
