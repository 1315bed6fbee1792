namespace Platform.ServiceDefaults.Shutdown;

/// <summary>Whether the host is stopping, and how many requests still run.</summary>
internal sealed class DrainState
{
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _running;

    /// <summary>True from the first sign of a shutdown on.</summary>
    public bool IsDraining { get; private set; }

    /// <summary>Counts a request in; false, and not counted, once the host drains.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (IsDraining)
            {
                return false;
            }

            _running++;
            return true;
        }
    }

    /// <summary>Counts a request out.</summary>
    public void Exit()
    {
        lock (_gate)
        {
            _running--;
            CompleteWhenEmpty();
        }
    }

    /// <summary>Lets no more requests in.</summary>
    /// <returns>A task that ends when the last running request has left.</returns>
    public Task BeginAsync()
    {
        lock (_gate)
        {
            IsDraining = true;
            CompleteWhenEmpty();
        }

        return _empty.Task;
    }

    private void CompleteWhenEmpty()
    {
        if (IsDraining && _running == 0)
        {
            _empty.TrySetResult();
        }
    }
}
