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
            return new RunResult("There is no limit (Retention:MaxSizeBytes is 0).");
        }

        var size = FormattableString.Invariant($"{result.SizeBytes / Mebibyte:0} of {result.MaxSizeBytes / Mebibyte:0} MiB are in use.");
        var dropped = result.BodyDays + result.TraceDays > 0
            ? $"{result.BodyDays} days of bodies and {result.TraceDays} days of traces were dropped before their time; "
            : string.Empty;
        return new RunResult(
            dropped + size,
            result.IsExceeded ? ["The database is larger than it may be and holds nothing more that may be dropped: messages and imports stay."] : []);
    }
}
