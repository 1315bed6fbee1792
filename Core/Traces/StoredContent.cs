using System.IO.Compression;

namespace Platform.Core.Traces;

/// <summary>A stored document or body that is read as a stream, in pieces: neither memory nor a connection is held for as long as somebody reads.</summary>
/// <param name="SizeBytes">Of the original.</param>
/// <param name="Content">The original, byte for byte.</param>
public sealed record StoredContent(int SizeBytes, Stream Content) : IAsyncDisposable
{
    /// <summary>Reads all of it.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are damaged.</exception>
    public async Task<byte[]> ReadAllAsync(CancellationToken cancellationToken)
    {
        var bytes = new byte[SizeBytes];
        var read = await Content.ReadAtLeastAsync(bytes, SizeBytes, throwOnEndOfStream: false, cancellationToken);
        return read == SizeBytes && await Content.ReadAsync(new byte[1], cancellationToken) == 0
            ? bytes
            : throw new InvalidDataException($"Stored bytes do not decompress to {SizeBytes} bytes.");
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Content.DisposeAsync();

    /// <param name="first">The first piece, which came with the size.</param>
    /// <param name="next">Reads the piece that begins at a byte, counted from 0.</param>
    internal static StoredContent Of(StoredPiece first, Func<int, CancellationToken, Task<byte[]?>> next) =>
        new(first.SizeBytes, new BrotliStream(new StoredPieceStream(first, next), CompressionMode.Decompress));
}

/// <summary>The first piece of a stored value.</summary>
/// <param name="SizeBytes">Of the original.</param>
/// <param name="StoredBytes">Of the compressed value.</param>
/// <param name="Bytes">Its first bytes, at most <see cref="Longest"/>.</param>
internal sealed record StoredPiece(int SizeBytes, int StoredBytes, byte[] Bytes)
{
    /// <summary>Bytes of a piece: 64 KiB, so that arrays of many readers are small objects to the garbage collector.</summary>
    public const int Longest = 64 * 1024;
}
