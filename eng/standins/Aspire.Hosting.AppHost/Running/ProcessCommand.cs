namespace Aspire.Hosting.Running;

/// <summary>A process to start.</summary>
internal sealed record ProcessCommand(string FileName, IReadOnlyList<string> Arguments)
{
    public required string WorkingDirectory { get; init; }

    /// <summary>Added to the environment of the AppHost.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Written to the process, then closed. Secrets go this way: arguments can be read by everyone on the machine.</summary>
    public string StandardInput { get; init; } = string.Empty;

    /// <summary>The user to run as if the AppHost runs as root, or null for root itself.</summary>
    public string? UserInsteadOfRoot { get; init; }

    /// <summary>Asks the process to stop in good order.</summary>
    public Signal StopSignal { get; init; } = Signal.Terminate;
}
