using System.Buffers;

namespace Platform.Core.Traces.Export;

/// <summary>
/// Buffers synchronous writes, which ends of zip entries are even in asynchronous use, and passes them on
/// on request: the body of an HTTP response accepts no synchronous writes.
/// </summary>
internal sealed class PassedOnStream(Stream inner) : Stream
{
    private const int EnoughBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _waiting = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Passes on what waits, if that is worth it.</summary>
    public ValueTask PassOnIfEnoughAsync(CancellationToken cancellationToken) =>
        _waiting.WrittenCount < EnoughBytes ? ValueTask.CompletedTask : PassOnAsync(cancellationToken);

    /// <summary>Passes on what waits.</summary>
    public async ValueTask PassOnAsync(CancellationToken cancellationToken)
    {
        await inner.WriteAsync(_waiting.WrittenMemory, cancellationToken);
        _waiting.ResetWrittenCount();
    }

    public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
