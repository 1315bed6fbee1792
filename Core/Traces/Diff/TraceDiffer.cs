using Platform.Contracts.Traces;

namespace Platform.Core.Traces.Diff;

/// <summary>Compares two traces by what they mean: decision, settings, context, prompt, tools, answer, and the numbers.</summary>
public sealed class TraceDiffer(TraceReader reader)
{
    /// <summary>Most kept lines that may be asked for around a change.</summary>
    public const int MostContext = 1000;

    /// <summary>Compares.</summary>
    /// <param name="a">A trace that the asker may see.</param>
    /// <param name="b">Another, or the same.</param>
    /// <param name="context">Kept lines to show before and after each change, from 0 to <see cref="MostContext"/>.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<TraceDiff> CompareAsync(Trace a, Trace b, int context, CancellationToken cancellationToken)
    {
        var first = await ReadAsync(a, cancellationToken);
        var second = await ReadAsync(b, cancellationToken);
        var sections = TraceTexts.Of(first)
            .Zip(TraceTexts.Of(second), (one, other) => SectionBuilder.Build(one.Kind, one.Text, other.Text, context))
            .OfType<DiffSection>();
        return new TraceDiff(a, b, TraceFigures.Of(first, second), [.. sections]);
    }

    private async Task<ComparedTrace> ReadAsync(Trace trace, CancellationToken cancellationToken)
    {
        var document = await reader.DocumentAsync(trace, cancellationToken);
        var calls = await reader.CallsAsync(trace.Id, cancellationToken);
        return new ComparedTrace(
            trace,
            document is null ? null : TraceReader.Read(document),
            calls,
            calls is [.., var last] ? await RequestAsync(trace.Id, last, cancellationToken) : null);
    }

    private async Task<byte[]?> RequestAsync(Guid traceId, LlmCall call, CancellationToken cancellationToken)
    {
        var bodies = (await reader.BodiesAsync(traceId, cancellationToken))[call.Id];
        foreach (var kind in (BodyKind[])[BodyKind.Request, BodyKind.MembraneRequest])
        {
            if (bodies.LastOrDefault(body => body.Link.Kind == kind && body.SizeBytes is not null) is { } body)
            {
                return await reader.BodyAsync(traceId, call.Id.ToString(), kind, body.Link.Position, cancellationToken);
            }
        }

        return null;
    }
}
