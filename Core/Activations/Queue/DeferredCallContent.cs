using System.IO.Compression;
using System.Text.Json;
using Platform.Contracts;
using Platform.Core.Models.Calls;

namespace Platform.Core.Activations.Queue;

/// <summary>The stored form of a model call that waits for its trace.</summary>
internal static class DeferredCallContent
{
    /// <summary>Writes a call with its raw bodies.</summary>
    public static byte[] Write(ModelCallResult call)
    {
        using var content = new MemoryStream();
        using (var brotli = new BrotliStream(content, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(brotli, call, WireJson.Options);
        }

        return content.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are damaged.</exception>
    public static ModelCallResult Read(byte[] content)
    {
        using var brotli = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<ModelCallResult>(brotli, WireJson.Options)
            ?? throw new InvalidDataException("The stored call is null.");
    }
}
