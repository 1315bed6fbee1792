using Platform.Core.Retention;
using Platform.Core.Schedules;
using Platform.Worker.Features.Schedules;

namespace Platform.Worker.Features.Retention;

/// <summary>Keeps the database under its size.</summary>
internal sealed class RetentionBySize(SizeCap cap) : IScheduledWork
{
    private const double Mebibyte = 1 << 20;
    private const double Gibibyte = 1 << 30;

    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        if (await cap.ApplyAsync(cancellationToken) is not { } result)
        {
            return new RunResult(null);
        }

        var size = $"{Size(result.SizeBytes)} of {Size(result.MaxSizeBytes)} are in use.";
        var dropped = result.BodyDays + result.TraceDays > 0
            ? $"{result.BodyDays} days of bodies and {result.TraceDays} days of traces were deleted early; "
            : string.Empty;
        return new RunResult(
            dropped + size,
            result.IsExceeded ? ["The database exceeds its size limit and nothing more may be deleted: messages and imports are kept."] : []);
    }

    internal static string Size(long bytes) =>
        bytes < Gibibyte ? FormattableString.Invariant($"{bytes / Mebibyte:0.0} MiB") : FormattableString.Invariant($"{bytes / Gibibyte:0.0} GiB");
}
