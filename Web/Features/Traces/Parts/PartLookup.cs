using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;

namespace Platform.Web.Features.Traces.Parts;

/// <summary>Finds the parts that a trace has.</summary>
internal static class PartLookup
{
    private const int MaxAnswerBytes = 256 * 1024;

    /// <summary>Whether a trace has a part.</summary>
    public static bool Has(TraceDetail trace, TraceDocument? document, TraceTree tree, PartAddress part) => part.Kind switch
    {
        PartKind.Overview or PartKind.Decision or PartKind.Calls or PartKind.Links => true,
        PartKind.Call => CallOf(trace, part) is not null && (part.Body is null || BodyOf(trace, part) is not null),
        PartKind.Tool => ToolOf(document, part) is not null,
        PartKind.Tools => document is { ToolExecutions.Count: > 0 },
        PartKind.Context => document?.ContextBuild is { } context && (part.Number is not { } position || IndexOf(context, position) >= 0),
        PartKind.Messages => InRange(part, document?.RawDiscordMessages?.Count),
        PartKind.Effects => InRange(part, trace.Effects?.Count),
        PartKind.Logs => document is { Logs.Count: > 0 },
        PartKind.Config => document?.Config is not null,
        _ => part.Number is null || tree.All.Any(node => node.Part == part),
    };

    /// <summary>The call of a part; null when there is none.</summary>
    public static LlmCallResponse? CallOf(TraceDetail trace, PartAddress part) =>
        part.Kind is PartKind.Call ? trace.Calls.FirstOrDefault(call => call.Position + 1 == part.Number) : null;

    /// <summary>The body of a part; null when there is none.</summary>
    public static CallBodyResponse? BodyOf(TraceDetail trace, PartAddress part) =>
        CallOf(trace, part)?.Bodies.FirstOrDefault(body => body.Kind == part.Body && body.Position + 1 == part.BodyNumber);

    /// <summary>The body that a part shows: itself or, of a call, its last response unless that is large.</summary>
    public static CallBodyResponse? ShownBodyOf(TraceDetail trace, PartAddress part) => part.Body is not null
        ? BodyOf(trace, part)
        : CallOf(trace, part)?.Bodies.LastOrDefault(body => body is { Kind: BodyKind.Response, SizeBytes: <= MaxAnswerBytes });

    /// <summary>The tool call of a part; null when there is none.</summary>
    public static ToolPart? ToolOf(TraceDocument? document, PartAddress part) =>
        part is { Kind: PartKind.Tool, Number: { } number } ? document?.ToolExecutions.ElementAtOrDefault(number - 1) : null;

    /// <summary>First row of the page that shows the message of a part; null when the most relevant rows show it.</summary>
    public static int? PageOf(TraceDocument? document, PartAddress part)
    {
        var (row, hidden) = part switch
        {
            { Kind: PartKind.Context, Number: { } position } when document?.ContextBuild is { } context => (IndexOf(context, position), context.Messages.Count - ContextPanel.Limit),
            { Kind: PartKind.Messages, Number: { } number } when document?.RawDiscordMessages is { } messages => (number - 1, messages.Count - RawPanel.Limit),
            _ => (0, 0),
        };
        return row < hidden ? row / TraceView.PageSize * TraceView.PageSize : null;
    }

    private static bool InRange(PartAddress part, int? count) => count > 0 && (part.Number is null || (part.Number >= 1 && part.Number <= count));

    private static int IndexOf(ContextPart context, int position)
    {
        foreach (var (index, message) in context.Messages.Index())
        {
            if (message.Position == position)
            {
                return index;
            }
        }

        return -1;
    }
}
