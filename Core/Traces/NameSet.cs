using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Core.Traces;

/// <summary>Which names are already used, 8 bytes of hash each: millions of names would not fit.</summary>
internal sealed class NameSet
{
    private readonly HashSet<long> _hashes = [];

    /// <returns>False when the name was there.</returns>
    public bool Add(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        return _hashes.Add(BinaryPrimitives.ReadInt64LittleEndian(hash));
    }
}
