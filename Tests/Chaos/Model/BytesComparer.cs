using System.Runtime.InteropServices;

namespace Platform.Tests.Chaos.Model;

/// <summary>Compares states byte by byte, which is many times faster than field by field.</summary>
internal sealed class BytesComparer<TWorld> : IEqualityComparer<TWorld>
    where TWorld : unmanaged
{
    public bool Equals(TWorld x, TWorld y) => BytesOf(in x).SequenceEqual(BytesOf(in y));

    public int GetHashCode(TWorld obj)
    {
        var hash = new HashCode();
        hash.AddBytes(BytesOf(in obj));
        return hash.ToHashCode();
    }

    private static ReadOnlySpan<byte> BytesOf(in TWorld world) => MemoryMarshal.AsBytes(new ReadOnlySpan<TWorld>(in world));
}
