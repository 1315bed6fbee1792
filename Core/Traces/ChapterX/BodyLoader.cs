using System.Runtime.CompilerServices;
using Platform.Core.Traces.Imports;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Reads and compresses bodies, a few ahead of the consumer, in the requested order.</summary>
internal sealed class BodyLoader(ILogTree tree, ImportMemory memory)
{
    private static readonly int Ahead = Environment.ProcessorCount;

    public async IAsyncEnumerable<LoadedBody> LoadAsync(
        IEnumerable<BodyReference> references,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in references.Chunk(Ahead))
        {
            foreach (var loaded in await Task.WhenAll(some.Select(reference => Task.Run(() => LoadAsync(reference, cancellationToken), cancellationToken))))
            {
                yield return loaded;
            }
        }
    }

    private async Task<LoadedBody> LoadAsync(BodyReference reference, CancellationToken cancellationToken)
    {
        if (LogLayout.BodyPath(reference.Kind, reference.Ref) is not { } path)
        {
            return new LoadedBody(reference, null, new FileProblem(reference.Ref, "A trace refers to a body by an invalid file name."));
        }

        try
        {
            return tree.SizeOf(path) is > TraceFileParser.SmallFileBytes and var size
                ? await LoadLargeAsync(reference, path, size, cancellationToken)
                : tree.Read(path) is { } bytes
                ? new LoadedBody(reference, CompressedContent.OfImport(bytes), null)
                : new LoadedBody(reference, null, new FileProblem(path, "A trace refers to this body, but the file does not exist."));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new LoadedBody(reference, null, new FileProblem(path, $"The body cannot be read: {exception.Message}"));
        }
    }

    private async Task<LoadedBody> LoadLargeAsync(BodyReference reference, string path, long size, CancellationToken cancellationToken)
    {
        using var share = await memory.TakeAsync(memory.TotalBytes, cancellationToken);
        return size < memory.TotalBytes && tree.Read(path) is { } bytes && CompressedContent.OfLargeImport(bytes, memory.TotalBytes - bytes.Length) is { } content
            ? new LoadedBody(reference, content, null)
            : new LoadedBody(reference, null, new FileProblem(path, TraceFileParser.NeedsTooMuch(size, size, memory.TotalBytes)));
    }
}

/// <summary>A body that was read, or why it was not.</summary>
internal sealed record LoadedBody(BodyReference Reference, CompressedContent? Content, FileProblem? Problem);
