using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Core.Json;
using Platform.Core.Storage;
using Platform.Core.Traces.ChapterX;

namespace Platform.Core.Traces.Diff;

/// <summary>A trace as texts to compare. Ids and times are left out: those of two traces never agree.</summary>
internal static class TraceTexts
{
    /// <summary>Writes every section of <see cref="DiffSectionKind"/>, in order.</summary>
    public static IEnumerable<(DiffSectionKind Kind, ComparedText Text)> Of(ComparedTrace trace)
    {
        var request = RequestText.Of(trace);
        yield return (DiffSectionKind.Decision, FromDocument(trace, Decision));
        yield return (DiffSectionKind.Settings, FromDocument(trace, document => FlatJson.Lines(document.Config ?? default)));
        yield return (DiffSectionKind.Context, FromDocument(trace, Context));
        yield return (DiffSectionKind.Request, request.Parameters);
        yield return (DiffSectionKind.Prompt, request.Prompt);
        yield return (DiffSectionKind.Tools, FromDocument(trace, Tools));
        yield return (DiffSectionKind.Answer, FromDocument(trace, Answer));
    }

    private static ComparedText FromDocument(ComparedTrace trace, Func<TraceDocument, IEnumerable<string>> lines) => trace.Document is { } document
        ? ComparedText.Of(lines(document))
        : ComparedText.Missing("The trace's document was deleted by retention.");

    private static IEnumerable<string> Decision(TraceDocument document)
    {
        yield return $"trigger: {document.Activation?.Reason ?? "unknown"}";
        foreach (var trigger in document.Activation?.TriggerEvents ?? [])
        {
            yield return $"{trigger.Type} of {trigger.AuthorName}: {TextLines.Joined(trigger.ContentPreview)}";
        }

        foreach (var step in document.Platform?.Decision ?? [])
        {
            yield return $"rule {step.Rule}: {step.Verdict}, {step.Detail}";
        }

        var outcome = OutcomeReader.Read(document);
        yield return $"outcome: {document.Platform?.State ?? EnumText.Of(outcome.Outcome)}";
        if ((document.Platform?.SilentReason ?? outcome.SilentReason) is { } reason)
        {
            yield return $"silent reason: {reason}";
        }

        if (outcome.ErrorMessage is { } error)
        {
            yield return $"error in {outcome.ErrorPhase ?? "unknown"}: {error}";
        }
    }

    private static IEnumerable<string> Context(TraceDocument document)
    {
        foreach (var message in document.ContextBuild?.Messages ?? [])
        {
            string?[] marks =
            [
                .. message.Transformations,
                message.IsTrigger ? "trigger" : null,
                message.HasImages ? "images" : null,
                message.HasCacheControl ? "cache marker" : null,
            ];
            var marked = string.Join(", ", marks.OfType<string>());
            yield return $"{message.Participant}: {TextLines.Joined(message.ContentPreview)}{(marked.Length > 0 ? $" [{marked}]" : "")}";
        }

        if (document.ContextBuild is { DidTruncate: true } context)
        {
            yield return $"(truncated: {context.TruncateReason ?? "unknown"}, at least {context.MessagesRolledOff ?? 0} messages omitted)";
        }
    }

    private static IEnumerable<string> Tools(TraceDocument document) => document.ToolExecutions.SelectMany(tool => (string[])
    [
        $"{tool.ToolName}",
        .. FlatJson.Lines(tool.Input ?? default).Select(line => $"  {line}"),
        .. TextLines.Of(tool.Output).Select(line => $"  -> {line}"),
        .. TextLines.Of(LenientJson.Text(tool.Error)).Select(line => $"  error: {line}"),
    ]);

    private static IEnumerable<string> Answer(TraceDocument document) => TextLines.Of(document.Outcome?.ResponseText);
}
