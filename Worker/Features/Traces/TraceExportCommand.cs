using System.CommandLine;
using Platform.Core.Access;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.Core.Traces.Export;

namespace Platform.Worker.Features.Traces;

/// <summary><c>worker traces export</c>.</summary>
internal static class TraceExportCommand
{
    /// <returns>A command that exits with 0, 1 when the file cannot be written, 2 for an option that cannot be read.</returns>
    public static Command Create(TraceCommandHost host)
    {
        var formats = Enum.GetValues<ExportFormat>().ToDictionary(EnumText.Of);
        var format = new Option<string>("--format") { Description = $"One of {string.Join(", ", formats.Keys)}. chapterx is a zip of a logs folder, byte for byte; otlp is OTLP JSON; json is one file.", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "File to write. Default: standard output." };
        var text = new Option<string>("--text") { Description = "Only traces that 'traces search' finds for this text." };
        var content = new Option<bool>("--content") { Description = "otlp only: include messages, tool arguments and tool results." };
        var bodies = new Option<bool>("--bodies") { Description = "json only: include raw requests and responses." };
        var command = new Command("export", "Export traces to a file. Without filters: all traces.") { format, output, text, content, bodies };
        var filters = new TraceFilterOptions(command);
        host.SetAction(
            command,
            parsed => parsed.GetRequiredValue(format) is var name && formats.ContainsKey(name)
                ? filters.Problem(parsed, parsed.GetValue(text))
                : $"--format must be one of {string.Join(", ", formats.Keys)}, not '{name}'.",
            (run, cancellationToken) =>
            {
                var filter = filters.Read(run, run.Parsed.GetValue(text));
                var options = new ExportOptions(run.Parsed.GetValue(content), run.Parsed.GetValue(bodies));
                return WriteAsync(run, formats[run.Parsed.GetRequiredValue(format)], filter, options, run.Parsed.GetValue(output), cancellationToken);
            });
        return command;
    }

    private static async Task<int> WriteAsync(
        TraceCommandRun run, ExportFormat format, TraceFilter filter, ExportOptions options, string? path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = path is null ? run.OpenOutput() : File.Create(path);
            var count = await run.Get<TraceExporter>().WriteAsync(format, Tenant.Home, filter, options, stream, cancellationToken);
            await run.Error.WriteLineAsync(count is null ? "Exported." : $"{count} traces exported.");
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await run.FailAsync($"{path}: {exception.Message}");
        }
    }
}
