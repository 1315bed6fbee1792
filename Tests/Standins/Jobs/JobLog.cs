using System.Collections.Concurrent;

namespace Platform.Tests.Standins.Jobs;

/// <summary>What jobs did, and the gate at which they wait.</summary>
public sealed class JobLog
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Set by a test that wants the next runs to fail.</summary>
    public bool Fails { get; set; }

    public void Write(string line) => Lines.Enqueue(line);

    public int Count(string line) => Lines.Count(one => one == line);

    public Task WaitAtGateAsync(CancellationToken cancellationToken) => _gate.Task.WaitAsync(cancellationToken);

    public void OpenGate() => _gate.TrySetResult();
}
