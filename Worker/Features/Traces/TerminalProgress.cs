using Spectre.Console;

namespace Platform.Worker.Features.Traces;

/// <summary>Shows how far a command is: a bar in a terminal, a line at most once a second elsewhere.</summary>
internal static class TerminalProgress
{
    private const string Beginning = "beginning";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs it, with a bar in the terminal that results go to, or lines for whoever reads the errors.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where lines go.</param>
    /// <param name="describe">Describes the progress as text, and as a fraction; null when that is unknown.</param>
    /// <param name="run">What is run.</param>
    public static Task<TResult> RunAsync<T, TResult>(IAnsiConsole output, TextWriter error, Func<T, (string Text, double? Part)> describe, Func<IProgress<T>, Task<TResult>> run)
    {
        if (!output.Profile.Capabilities.Interactive)
        {
            var printed = TimeProvider.System.GetTimestamp();
            return run(new Report<T>(value =>
            {
                if (TimeProvider.System.GetElapsedTime(printed) >= Pause)
                {
                    printed = TimeProvider.System.GetTimestamp();
                    error.WriteLine(describe(value).Text);
                }
            }));
        }

        return output.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask(Beginning, maxValue: 1);
                return run(new Report<T>(value =>
                {
                    var (text, part) = describe(value);
                    (bar.Description, bar.Value, bar.IsIndeterminate) = (text, part ?? 0, part is null);
                }));
            });
    }

    private sealed class Report<T>(Action<T> show) : IProgress<T>
    {
        void IProgress<T>.Report(T value) => show(value);
    }
}
