using System.Runtime.CompilerServices;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Reads and compresses bodies, a few ahead of the consumer, in the requested order.</summary>
internal sealed class BodyLoader(ILogTree tree)
{
    private static readonly int Ahead = Environment.ProcessorCount;

    public async IAsyncEnumerable<LoadedBody> LoadAsync(
        IEnumerable<BodyReference> references,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in references.Chunk(Ahead))
        {
            foreach (var loaded in await Task.WhenAll(some.Select(reference => Task.Run(() => Load(reference), cancellationToken))))
            {
                yield return loaded;
            }
        }
    }

    private LoadedBody Load(BodyReference reference)
    {
        if (LogLayout.BodyPath(reference.Kind, reference.Ref) is not { } path)
        {
            return new LoadedBody(reference, null, new FileProblem(reference.Ref, "A trace refers to a body by an invalid file name."));
        }

        try
        {
            return tree.Read(path) is { } bytes
                ? new LoadedBody(reference, CompressedContent.OfImport(bytes), null)
                : new LoadedBody(reference, null, new FileProblem(path, "A trace refers to this body, but the file does not exist."));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new LoadedBody(reference, null, new FileProblem(path, $"The body cannot be read: {exception.Message}"));
        }
    }
}

/// <summary>A body that was read, or why it was not.</summary>
internal sealed record LoadedBody(BodyReference Reference, CompressedContent? Content, FileProblem? Problem);
