using Platform.Core.Retention;
using Platform.Core.Schedules;
using Platform.Worker.Features.Schedules;

namespace Platform.Worker.Features.Retention;

/// <summary>Keeps the database under its size.</summary>
internal sealed class RetentionBySize(SizeCap cap) : IScheduledWork
{
    private const double Mebibyte = 1 << 20;

    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        if (await cap.ApplyAsync(cancellationToken) is not { } result)
        {
            return new RunResult(null);
        }

        var size = FormattableString.Invariant($"{result.SizeBytes / Mebibyte:0} of {result.MaxSizeBytes / Mebibyte:0} MiB are in use.");
        var dropped = result.BodyDays + result.TraceDays > 0
            ? $"{result.BodyDays} days of bodies and {result.TraceDays} days of traces were deleted early; "
            : string.Empty;
        return new RunResult(
            dropped + size,
            result.IsExceeded ? ["The database exceeds its size limit and nothing more may be deleted: messages and imports are kept."] : []);
    }
}
