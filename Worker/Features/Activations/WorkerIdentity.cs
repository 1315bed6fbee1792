namespace Platform.Worker.Features.Activations;

/// <summary>The name under which this process holds leases: machine, process and a random part, so that it never repeats.</summary>
internal sealed class WorkerIdentity
{
    private const int RandomDigits = 6;

    public string Name { get; } =
        $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..RandomDigits]}";
}
