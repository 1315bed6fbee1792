using Microsoft.Extensions.Options;

namespace Platform.Core.Traces.Imports;

/// <summary>The memory that all running imports of a process share. Who needs some waits for it in turn, and holds it only while one file is read.</summary>
public sealed class ImportMemory
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Turn)> _waiting = new();
    private long _used;

    public ImportMemory(IOptions<ImportOptions> options)
        : this(options.Value.AllowedMemoryBytes)
    {
    }

    internal ImportMemory(long bytes) => TotalBytes = bytes;

    /// <summary>All there is.</summary>
    public long TotalBytes { get; }

    /// <summary>Waits until so much is free, and takes it.</summary>
    /// <param name="bytes">More than all there is counts as all of it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Gives it back when it is disposed.</returns>
    internal async Task<IDisposable> TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var share = Math.Clamp(bytes, 0, TotalBytes);
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((share, turn));
            LetIn();
        }

        await using var ended = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
        return new Share(this, share);
    }

    private void LetIn()
    {
        while (_waiting.TryPeek(out var first) && (first.Turn.Task.IsCompleted || _used + first.Bytes <= TotalBytes))
        {
            _waiting.Dequeue();
            if (first.Turn.TrySetResult())
            {
                _used += first.Bytes;
            }
        }
    }

    private void GiveBack(long bytes)
    {
        lock (_gate)
        {
            _used -= bytes;
            LetIn();
        }
    }

    private sealed class Share(ImportMemory memory, long bytes) : IDisposable
    {
        private long _bytes = bytes;

        public void Dispose() => memory.GiveBack(Interlocked.Exchange(ref _bytes, 0));
    }
}
