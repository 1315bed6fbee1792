using Microsoft.Extensions.Options;
using Platform.Contracts.Backups;
using Platform.Core.Backups;
using Platform.Core.Schedules;
using Platform.ServiceDefaults.Startup;
using Platform.Worker.Features.Schedules;

namespace Platform.Worker.Features.Backups;

/// <summary>Makes a backup each night and proves that it can be restored.</summary>
internal sealed partial class NightlyBackup(
    BackupMaker maker, BackupTrials trials, IOptions<BackupOptions> options, BuildInformation build, ILogger<NightlyBackup> logger) : IScheduledWork
{
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Directory is not { Length: > 0 } folder)
        {
            return new RunResult("No folder for backups is set (BACKUPS_DIR), so none was made.");
        }

        var file = await maker.MakeAsync(folder, BackupCause.Nightly, build.VersionAndCommit(), cancellationToken);
        var problem = await trials.TryAsync(file, cancellationToken);
        var pruned = maker.Prune(folder);
        if (problem is not null)
        {
            LogUnusable(problem);
        }

        var name = Path.GetFileName(file.Path);
        return problem is null
            ? new RunResult($"{name} was made and restored for a trial; {pruned} old ones went.")
            : new RunResult($"{name} was made, but could not be restored.", [problem]);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The newest backup cannot be restored: {Problem}")]
    private partial void LogUnusable(string problem);
}
