namespace Platform.Tests.Infrastructure;

/// <summary>Holds a scripted answer in mid-stream until the test lets it go on, so that a test needs no timing.</summary>
public sealed class ModelGate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the answer stands at the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets the answer go on.</summary>
    public void Open() => _opened.TrySetResult();

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _opened.Task.WaitAsync(cancellationToken);
    }
}
