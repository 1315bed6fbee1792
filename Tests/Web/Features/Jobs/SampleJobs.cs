using Platform.Contracts.Backups;
using Platform.Contracts.Jobs;
using Platform.Contracts.Retention;
using Platform.Contracts.Schedules;

namespace Platform.Tests.Web.Features.Jobs;

/// <summary>A house in which something of everything has happened.</summary>
internal static class SampleJobs
{
    public const string Error = "57014: canceling statement due to statement timeout";

    public static StubWorld World() => new() { Schedules = Schedules(), Jobs = Queue(), Retention = Retention(), Backups = Backups() };

    /// <summary>The same, with a backup that could not be restored.</summary>
    public static StubWorld Unusable() => new()
    {
        Schedules = Schedules(),
        Jobs = Queue(),
        Retention = Retention(),
        Backups = Backups() with
        {
            Verdict = BackupVerdict.Unusable,
            Message = "The last restore drill failed.",
            LastDrill = new BackupDrillResponse(
                "platform-20261120-032000-nightly.dump",
                false,
                "The restore drill failed.",
                "platform-20261120-032000-nightly.dump restores to something else than it was made from: webhooks has 7 rows, not 8.",
                null,
                null,
                StubWorld.Now.AddHours(-30),
                108_000),
        },
    };

    private static ScheduleList Schedules() => new(
        [
            Of("expired-leases", "Warns of expired leases that no worker takes over.", 60, null, ScheduleRunner.Leader, null,
                Run(812, result: "No lease has expired.")),
            Of("index-check", "Checks for invalid, damaged, unused and bloated indexes.", null, "04:10", ScheduleRunner.Job, null,
                Run(3, result: "1 findings; 48 B-trees checked page by page.", findings: ["Index messages_by_reply of messages is invalid: drop it and create it again."])),
            Of("retention-by-age", "Deletes data that is older than its retention period.", 3600, null, ScheduleRunner.Job,
                Run(9, ScheduleRunState.Running), Run(8, cause: ScheduleRunCause.Missed, missed: 5, result: "bodies: 2 days; traces: 1 days.")),
            Of("retention-by-size", "Keeps the database under its size.", 900, null, ScheduleRunner.Job, null,
                Run(40, ScheduleRunState.Failed, error: Error)),
            Of("orphans", "Removes partial answers of ended activations.", 3600, null, ScheduleRunner.Leader, null, Run(12)),
            Of("never-run", "Has not had its time yet.", 86400, null, ScheduleRunner.Leader, null, null),
        ],
        new ScheduleLeader("house-4711-a1b2c3", StubWorld.Now.AddHours(-3)));

    private static JobList Queue() => new(
        0,
        1,
        1,
        128,
        1,
        2,
        [
            new JobResponse("7", JobState.Processing, "retention-by-age, run 9", StubWorld.Now, null, null),
            new JobResponse("5", JobState.Failed, null, StubWorld.Now.AddHours(-2), null, "The method of this job is not known here."),
            new JobResponse("4", JobState.Succeeded, "retention-by-size, run 39", StubWorld.Now.AddHours(-1), 340, null),
        ]);

    private static RetentionReport Retention() => new(
        4_300_000_000,
        21_474_836_480,
        [
            new RetentionClassResponse("bodies", "Raw requests and responses of the platform's bots", 3, 2_900_000_000, StubWorld.Now, null, 5210, 830_000_000),
            new RetentionClassResponse("traces", "Traces of the platform's bots, with their documents and model calls", 7, 700_000_000, StubWorld.Now, null, 900, 90_000_000),
            new RetentionClassResponse("imported-traces", "Imported traces with their documents and bodies", null, 400_000_000, null, null, 0, 0),
            new RetentionClassResponse("messages", "Messages of conversations", 365, 12_000_000, StubWorld.Now, Error, 0, 0),
        ]);

    private static BackupReport Backups() => new(
        BackupVerdict.Fine,
        "The newest backup is recent.",
        new BackupResponse("platform-20261121-032000-nightly.dump", BackupCause.Nightly, 12_400_000, StubWorld.Now.AddHours(-6), 21_600),
        new BackupDrillResponse(
            "platform-20261121-032000-nightly.dump", true, "Restored and compared: 41 tables, 48213 rows.", null, 41, 48_213, StubWorld.Now.AddHours(-6), 21_500));

    private static ScheduleResponse Of(
        string name, string description, double? period, string? daily, ScheduleRunner runsIn, ScheduleRunResponse? current, ScheduleRunResponse? last) =>
        new(name, description, period, daily, runsIn, StubWorld.Now.AddMinutes(10), false, current, last);

    private static ScheduleRunResponse Run(
        long number,
        ScheduleRunState state = ScheduleRunState.Succeeded,
        ScheduleRunCause cause = ScheduleRunCause.Due,
        int missed = 0,
        string? result = null,
        IReadOnlyList<string>? findings = null,
        string? error = null) =>
        new(number, state, cause, StubWorld.Now, missed, 1, "house-4711-a1b2c3", StubWorld.Now, 1240, result, findings ?? [], error);
}
