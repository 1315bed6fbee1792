using Platform.Core.Json;

namespace Platform.Core.Traces.Diff;

/// <summary>A raw request as text: its parameters and its prompt.</summary>
/// <param name="Parameters">A line a value.</param>
/// <param name="Prompt">System prompt, then the messages.</param>
internal sealed record RequestText(ComparedText Parameters, ComparedText Prompt)
{
    // A prompt this long has a hundred thousand lines and more; beside it stand its twin and both documents.
    private const int LargestRequestBytes = 32 * 1024 * 1024;

    public static RequestText Of(ComparedTrace trace)
    {
        if (trace.Request is not { } request)
        {
            return trace.Calls.Count == 0
                ? new RequestText(new ComparedText([]), new ComparedText([]))
                : Missing("The raw request is not available: it was not captured, or it was deleted by retention.");
        }

        return request.Length > LargestRequestBytes
            ? Missing($"The raw request has {request.Length} bytes; at most {LargestRequestBytes} are compared.")
            : Read(request);
    }

    private static RequestText Read(byte[] request)
    {
        using var document = BodyJson.TryParse(request);
        return document is null
            ? Missing("The raw request is not JSON.")
            : new RequestText(
                ComparedText.Of(FlatJson.Lines(document.RootElement, PromptText.Keys)),
                ComparedText.Of(PromptText.Of(document.RootElement)));
    }

    private static RequestText Missing(string note) => new(ComparedText.Missing(note), ComparedText.Missing(note));
}
