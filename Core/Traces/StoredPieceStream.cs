namespace Platform.Core.Traces;

/// <summary>The compressed bytes of a row, read piece by piece as they are needed.</summary>
internal sealed class StoredPieceStream(StoredPiece first, Func<int, CancellationToken, Task<byte[]?>> next) : Stream
{
    private byte[] _piece = first.Bytes;
    private int _pieceStart;
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => first.StoredBytes;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The row was deleted meanwhile.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == first.StoredBytes || buffer.Length == 0)
        {
            return 0;
        }

        if (_position == _pieceStart + _piece.Length)
        {
            _pieceStart = _position;
            _piece = await next(_position, cancellationToken) is { Length: > 0 } piece ? piece : throw new IOException("The content was deleted while it was read.");
        }

        var from = _position - _pieceStart;
        var length = Math.Min(buffer.Length, _piece.Length - from);
        _piece.AsMemory(from, length).CopyTo(buffer);
        _position += length;
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read asynchronously only.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
