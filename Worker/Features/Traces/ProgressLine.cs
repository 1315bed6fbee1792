using System.Globalization;
using Platform.Core.Traces.ChapterX;

namespace Platform.Worker.Features.Traces;

/// <summary>Prints how far an import is, at most once a second.</summary>
internal sealed class ProgressLine(TextWriter output) : IProgress<ImportProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private TimeSpan printed;

    public void Report(ImportProgress value)
    {
        if (value.Elapsed - printed < Pause)
        {
            return;
        }

        printed = value.Elapsed;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Found} of {value.Total} traces read, {value.Imported} imported, {value.TracesPerSecond:0} a second, {value.Left:hh\\:mm\\:ss} left"));
    }
}
