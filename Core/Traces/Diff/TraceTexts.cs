using System.Text.Json;
using Platform.Contracts.Traces;
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
        yield return (DiffSectionKind.Settings, FromDocument(trace, root => FlatJson.Lines(LenientJson.Object(root, "config") ?? default)));
        yield return (DiffSectionKind.Context, FromDocument(trace, Context));
        yield return (DiffSectionKind.Request, request.Parameters);
        yield return (DiffSectionKind.Prompt, request.Prompt);
        yield return (DiffSectionKind.Tools, FromDocument(trace, Tools));
        yield return (DiffSectionKind.Answer, FromDocument(trace, Answer));
    }

    private static ComparedText FromDocument(ComparedTrace trace, Func<JsonElement, IEnumerable<string>> lines) => trace.Document is { } root
        ? ComparedText.Of(lines(root))
        : ComparedText.Missing("The trace's document has expired.");

    private static IEnumerable<string> Decision(JsonElement root)
    {
        var activation = LenientJson.Object(root, "activation") ?? default;
        yield return $"asked by: {LenientJson.Text(activation, "reason") ?? "unknown"}";
        foreach (var item in LenientJson.Items(activation, "triggerEvents"))
        {
            yield return $"{LenientJson.Text(item, "type")} of {LenientJson.Text(item, "authorName")}: {TextLines.Joined(LenientJson.Text(item, "contentPreview"))}";
        }

        var platform = LenientJson.Object(root, "platform") ?? default;
        foreach (var step in LenientJson.Items(platform, "decision"))
        {
            yield return $"rule {LenientJson.Text(step, "rule")}: {LenientJson.Text(step, "verdict")}, {LenientJson.Text(step, "detail")}";
        }

        var outcome = OutcomeReader.Read(root);
        yield return $"outcome: {LenientJson.Text(platform, "state") ?? EnumText.Of(outcome.Outcome)}";
        if ((LenientJson.Text(platform, "silentReason") ?? outcome.SilentReason) is { } reason)
        {
            yield return $"silent because: {reason}";
        }

        if (outcome.ErrorMessage is { } error)
        {
            yield return $"error in {outcome.ErrorPhase ?? "unknown"}: {error}";
        }
    }

    private static IEnumerable<string> Context(JsonElement root)
    {
        var context = LenientJson.Object(root, "contextBuild") ?? default;
        foreach (var message in LenientJson.Items(context, "messages"))
        {
            string?[] marks =
            [
                .. LenientJson.Items(message, "transformations").Select(item => LenientJson.Text(item)),
                LenientJson.Flag(message, "isTrigger") == true ? "trigger" : null,
                LenientJson.Flag(message, "hasImages") == true ? "images" : null,
                LenientJson.Flag(message, "hasCacheControl") == true ? "cache marker" : null,
            ];
            var marked = string.Join(", ", marks.OfType<string>());
            yield return $"{LenientJson.Text(message, "participant")}: {TextLines.Joined(LenientJson.Text(message, "contentPreview"))}{(marked.Length > 0 ? $" [{marked}]" : "")}";
        }

        if (LenientJson.Flag(context, "didTruncate") == true)
        {
            yield return $"(cut: {LenientJson.Text(context, "truncateReason") ?? "unknown"}, {LenientJson.Number(context, "messagesRolledOff") ?? 0} rolled off)";
        }
    }

    private static IEnumerable<string> Tools(JsonElement root) => LenientJson.Items(root, "toolExecutions").SelectMany(tool =>
    {
        var name = LenientJson.Text(tool, "toolName");
        var error = LenientJson.Text(tool, "error");
        return (string[])
        [
            $"{name}",
            .. FlatJson.Lines(LenientJson.Object(tool, "input") ?? default).Select(line => $"  {line}"),
            .. TextLines.Of(LenientJson.Text(tool, "output")).Select(line => $"  -> {line}"),
            .. TextLines.Of(error).Select(line => $"  error: {line}"),
        ];
    });

    private static IEnumerable<string> Answer(JsonElement root) =>
        TextLines.Of(LenientJson.Text(LenientJson.Object(root, "outcome") ?? default, "responseText"));
}
