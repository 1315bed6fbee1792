using System.CommandLine;
using System.Globalization;
using Platform.Core.Access;
using Platform.Core.Storage;
using Platform.Core.Traces.ChapterX;
using Platform.Core.Traces.Imports;
using Platform.ServiceDefaults.Logs;
using Platform.Worker.Commands;

namespace Platform.Worker.Features.Traces;

/// <summary><c>worker traces import</c>. Unlike the others it waits for a database that is still being made, so that it can run at first start.</summary>
internal static class TraceImportCommand
{
    /// <returns>A command that exits with 0 when every trace went in, 1 when one did not, 2 when there is nothing to read at the path.</returns>
    public static Command Create(Func<IHost> buildHost)
    {
        var path = new Argument<string>("path") { Description = "ChapterX's logs folder, or a zip of it." };
        var import = new Command("import", "Import ChapterX traces with their raw bodies. Importing the same traces again changes nothing. Waits for the database.") { path };
        import.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(buildHost, parsed.InvocationConfiguration.Error, services => ImportAsync(
            services,
            parsed.GetRequiredValue(path),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellationToken)));
        return import;
    }

    private static async Task<int> ImportAsync(
        IServiceProvider services, string path, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var opening = LogTrees.OpenPath(path);
        if (opening.Tree is not { } tree)
        {
            await error.WriteLineAsync(LogText.Escape($"{path}: {opening.Refusal}", keepsLines: true));
            return ExitCode.Usage;
        }

        using (tree)
        {
            await services.GetRequiredService<DatabaseState>().WhenReadyAsync(cancellationToken);
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
            var kind = tree is ZipLogTree ? ImportKind.Zip : ImportKind.Folder;
            var run = await TerminalProgress.RunAsync<ImportProgress, ImportRun>(Terminal.For(output), error, Describe, progress => services.GetRequiredService<ChapterXImporter>()
                .ImportAsync(tree, new ImportOrder(Tenant.Home, name, kind), progress, cancellationToken));
            await WriteAsync(output, run);
            return run is { State: ImportState.Completed, TracesFailed: 0 } ? ExitCode.Done : ExitCode.Failed;
        }
    }

    private static (string Text, double? Part) Describe(ImportProgress progress) => (
        string.Create(CultureInfo.InvariantCulture, $"{progress.Found} of {progress.Total} traces read, {progress.Imported} imported, {progress.TracesPerSecond:0} per second"),
        progress.Total is > 0 and { } total ? (double)(progress.Imported + progress.Present + progress.Failed) / total : null);

    private static async Task WriteAsync(TextWriter output, ImportRun run)
    {
        foreach (var problem in ImportRuns.ProblemsOf(run))
        {
            await output.WriteLineAsync(Terminal.Clean($"{problem.File}: {problem.Message}"));
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.TracesFound} traces found: {run.TracesImported} imported, {run.TracesPresent} skipped (already imported), {run.TracesFailed} failed. "
            + $"{run.BodiesImported} bodies imported, {run.BodiesMissing} missing."));
    }
}
