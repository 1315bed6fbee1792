using System.CommandLine;
using Platform.Contracts.Traces;
using Platform.Core.Storage;
using Platform.Core.Traces;

namespace Platform.Worker.Features.Traces;

/// <summary><c>worker traces show</c>.</summary>
internal static class TraceShowCommand
{
    private const string Expired = "The trace's document was deleted by retention.";

    /// <returns>A command that exits with 0, 1 when the trace or what was asked of it is not found, 2 for options that make no sense.</returns>
    public static Command Create(TraceCommandHost host)
    {
        var kinds = Enum.GetValues<BodyKind>().ToDictionary(EnumText.Of);
        var id = new Argument<string>("id") { Description = "Id of the trace; of an imported one also the id that ChapterX gave it." };
        var raw = new Option<bool>("--raw") { Description = "Print the original document, byte for byte." };
        var logs = new Option<bool>("--logs") { Description = "Show all log lines, not only warnings and errors." };
        var body = new Option<string>("--body") { Description = $"Print a raw body of a call: {string.Join(", ", kinds.Keys)}. The kinds with membrane are the request before and the response after ChapterX's conversion for the provider." };
        var call = new Option<int>("--call") { Description = "Number of the call for --body, from 0: the page's call 1 is 0." };
        var part = new Option<int>("--part") { Description = "Number of the body among the call's bodies of that kind, from 0; a tool loop has several." };
        var command = new Command("show", "Show a trace: decision, context, calls, tools, answer, logs.") { id, raw, logs, body, call, part };
        host.SetAction(command, parsed => BodyProblem(parsed.GetValue(body), kinds), async (run, cancellationToken) =>
        {
            if (await run.FindAsync(run.Parsed.GetRequiredValue(id), cancellationToken) is not { } trace)
            {
                return ExitCode.Failed;
            }

            return (run.Parsed.GetValue(body), run.Parsed.GetValue(raw)) switch
            {
                ({ } wanted, _) => await WriteBodyAsync(run, trace, kinds[wanted], run.Parsed.GetValue(call), run.Parsed.GetValue(part), cancellationToken),
                (_, true) => await WriteDocumentAsync(run, trace, cancellationToken),
                _ => await WriteOutlineAsync(run, trace, run.Parsed.GetValue(logs), cancellationToken),
            };
        });
        return command;
    }

    private static string? BodyProblem(string? kind, Dictionary<string, BodyKind> kinds) =>
        kind is null || kinds.ContainsKey(kind) ? null : $"--body must be one of {string.Join(", ", kinds.Keys)}, not '{kind}'.";

    private static async Task<int> WriteOutlineAsync(TraceCommandRun run, Trace trace, bool allLogs, CancellationToken cancellationToken)
    {
        var reader = run.Get<TraceReader>();
        var calls = await reader.CallsAsync(trace.Id, cancellationToken);
        var bodies = await reader.BodiesAsync(trace.Id, cancellationToken);
        var document = await reader.DocumentAsync(trace, cancellationToken);
        var outline = new TraceOutline(run.Console);
        outline.WriteHead(trace, calls);
        outline.WriteCalls(calls, bodies);
        if (document is null)
        {
            return await run.FailAsync(Expired);
        }

        outline.WriteDocument(TraceReader.Read(document), allLogs);
        return ExitCode.Done;
    }

    private static async Task<int> WriteDocumentAsync(TraceCommandRun run, Trace trace, CancellationToken cancellationToken) =>
        await run.Get<TraceReader>().DocumentAsync(trace, cancellationToken) is { } document
            ? await WriteBytesAsync(run, document, cancellationToken)
            : await run.FailAsync(Expired);

    private static async Task<int> WriteBodyAsync(
        TraceCommandRun run, Trace trace, BodyKind kind, int position, int part, CancellationToken cancellationToken)
    {
        var reader = run.Get<TraceReader>();
        var calls = await reader.CallsAsync(trace.Id, cancellationToken);
        if (calls.FirstOrDefault(one => one.Position == position) is not { } call)
        {
            return await run.FailAsync($"--call: there is no call {position}; the trace has {calls.Count}, counted from 0.");
        }

        return await reader.BodyAsync(trace.Id, call.Id.ToString(), kind, part, cancellationToken) is { } body
            ? await WriteBytesAsync(run, body, cancellationToken)
            : await run.FailAsync("The call has no such body, or it was missing at import, or it was deleted by retention.");
    }

    private static async Task<int> WriteBytesAsync(TraceCommandRun run, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var output = run.OpenOutput();
        await output.WriteAsync(bytes, cancellationToken);
        return ExitCode.Done;
    }
}
