using System.Text;
using Platform.Contracts.Traces;

namespace Platform.Core.Models.Calls;

/// <summary>Keeps the raw bodies of one call, up to a size, without the key that was used.</summary>
internal sealed class BodyCapture(int maxBytes, KeyMask mask)
{
    private const string NotKept = "[not kept: the answer contained the provider's API key, in pieces]";

    private readonly List<(BodyKind Kind, MemoryStream Bytes, long Total)> _bodies = [];

    /// <summary>Begins a body; what is appended belongs to it until the next one begins.</summary>
    public void Begin(BodyKind kind) => _bodies.Add((kind, new MemoryStream(), 0));

    /// <summary>Adds bytes to the body begun last.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var (kind, kept, total) = _bodies[^1];
        kept.Write(bytes[..(int)Math.Min(bytes.Length, maxBytes - kept.Length)]);
        _bodies[^1] = (kind, kept, total + bytes.Length);
    }

    /// <summary>Begins a body and fills it.</summary>
    public void Add(BodyKind kind, ReadOnlySpan<byte> bytes)
    {
        Begin(kind);
        Append(bytes);
    }

    /// <summary>What was captured, in order; an empty response is left out.</summary>
    /// <param name="keepsResponses">False when a response holds the key in pieces, each of which looks like text: a note stands for it.</param>
    public IReadOnlyList<ModelBody> ToBodies(bool keepsResponses = true) =>
    [
        .. _bodies.Where(body => body.Total > 0).Select(body => new ModelBody(
            body.Kind,
            keepsResponses || body.Kind is BodyKind.Request ? Finish(body.Kind, body.Bytes, body.Total) : Encoding.UTF8.GetBytes(NotKept))),
    ];

    private byte[] Finish(BodyKind kind, MemoryStream kept, long total)
    {
        var isCut = total != kept.Length;
        var bytes = mask.In(kept.ToArray(), isCut);
        if (kind is not BodyKind.Request && KeyPieces.AreIn(bytes, mask))
        {
            return Encoding.UTF8.GetBytes(NotKept);
        }

        return !isCut
            ? bytes
            : [.. bytes, .. Encoding.UTF8.GetBytes($"\n[truncated: the first {kept.Length} of {total} bytes are kept]")];
    }
}
