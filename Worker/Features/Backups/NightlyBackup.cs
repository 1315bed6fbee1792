using Microsoft.Extensions.Options;
using Platform.Contracts.Backups;
using Platform.Core.Backups;
using Platform.Core.Schedules;
using Platform.ServiceDefaults.Startup;
using Platform.Worker.Features.Schedules;

namespace Platform.Worker.Features.Backups;

/// <summary>Backs up the database each night and checks that the backup can be restored.</summary>
internal sealed partial class NightlyBackup(
    BackupMaker maker, BackupDrills drills, IOptions<BackupOptions> options, BuildInformation build, ILogger<NightlyBackup> logger) : IScheduledWork
{
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Directory is not { Length: > 0 } folder)
        {
            // The backups' own panel and the overview say that they are off.
            return new RunResult(null);
        }

        var file = await maker.MakeAsync(folder, BackupCause.Nightly, build.VersionAndCommit(), cancellationToken);
        var problem = await drills.DrillAsync(file, cancellationToken);
        var pruned = maker.Prune(folder);
        if (problem is not null)
        {
            LogUnusable(problem);
        }

        var name = Path.GetFileName(file.Path);
        return problem is null
            ? new RunResult($"{name} was made and passed its restore drill; {pruned} old backups were deleted.")
            : new RunResult($"{name} was made, but failed its restore drill.", [problem]);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The newest backup failed its restore drill: {Problem}")]
    private partial void LogUnusable(string problem);
}
