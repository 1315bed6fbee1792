using Spectre.Console;

namespace Platform.Worker.Features.Traces;

/// <summary>Shows how far a command is: a bar in a terminal, a line now and then elsewhere.</summary>
/// <param name="show">Puts a report into the bar. Its description is markup: no text of others may be in it.</param>
internal sealed class TerminalProgress<T>(Action<T> show) : IProgress<T>
{
    private const string Beginning = "beginning";

    public void Report(T value) => show(value);

    /// <summary>Runs it, with a bar in the terminal that results go to; when they go elsewhere, in the other one.</summary>
    public static Task<TResult> RunAsync<TResult>(IAnsiConsole output, TextWriter error, Action<ProgressTask, T> show, Func<IProgress<T>, Task<TResult>> run) =>
        (output.Profile.Capabilities.Interactive ? output : Terminal.For(error)).Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask(Beginning, maxValue: 1);
                bar.IsIndeterminate = true;
                return run(new TerminalProgress<T>(value => show(bar, value)));
            });
}
