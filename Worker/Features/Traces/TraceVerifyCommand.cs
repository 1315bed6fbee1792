using System.CommandLine;
using Platform.Core.Traces.Verify;
using Spectre.Console;

namespace Platform.Worker.Features.Traces;

/// <summary><c>worker traces verify</c>.</summary>
internal static class TraceVerifyCommand
{
    /// <returns>A command that exits with 0 without problems, 1 with problems, also when they were repaired.</returns>
    public static Command Create(TraceCommandHost host)
    {
        var repair = new Option<bool>("--repair") { Description = "Also delete rows that belong to no trace, such as raw bodies; nothing else is changed. The exit code is 1 even if all problems were repaired." };
        var command = new Command("verify", "Check hashes, counts and references of all traces. Prints each problem with its trace. Exit code 0 without problems, 1 with problems.") { repair };
        host.SetAction(command, async (run, cancellationToken) =>
        {
            var report = await TerminalProgress.RunAsync<VerifyProgress, VerifyReport>(run.Console, run.Error, Describe, progress => run.Get<TraceVerifier>().VerifyAsync(
                run.Parsed.GetValue(repair),
                problem => run.Console.WriteLine($"{problem.TraceId?.ToString() ?? "no trace"}: {Terminal.Clean(problem.Message)}", Terminal.Red),
                progress,
                cancellationToken));
            await run.Output.WriteLineAsync(Summary(report));
            return report.Problems == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static (string Text, double? Part) Describe(VerifyProgress progress) =>
        ($"{Figures.Count(progress.Checked)} {progress.Part} checked, {Figures.Count(progress.Problems)} problems", null);

    private static string Summary(VerifyReport report) =>
        $"{Figures.Count(report.Traces)} traces, {Figures.Count(report.Documents)} documents ({Figures.Count(report.DocumentsDropped)} deleted by retention), "
        + $"{Figures.Count(report.Calls)} calls, {Figures.Count(report.Bodies)} bodies, {Figures.Count(report.References)} references "
        + $"({Figures.Count(report.ReferencesDropped)} deleted by retention, {Figures.Count(report.ReferencesNeverFilled)} missing since import): "
        + $"{(report.Problems == 0 ? "no problems." : $"{Figures.Count(report.Problems)} problems, {Figures.Count(report.OrphansRemoved)} repaired.")}";
}
