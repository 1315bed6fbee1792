using Platform.Core.Traces.Verify;

namespace Platform.Worker.Features.Traces;

/// <summary>Prints how far a check is, at most once a second.</summary>
internal sealed class VerifyLine(TextWriter output, TimeProvider clock) : IProgress<VerifyProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long printed = clock.GetTimestamp();

    public void Report(VerifyProgress value)
    {
        if (clock.GetElapsedTime(printed) < Pause)
        {
            return;
        }

        printed = clock.GetTimestamp();
        output.WriteLine($"{Figures.Count(value.Checked)} {value.Part} checked, {Figures.Count(value.Problems)} problems");
    }
}
