using Platform.Contracts.Schedules;
using Platform.Core.Backups;
using Platform.Core.Schedules;
using Platform.Worker.Features.Backups;
using Platform.Worker.Features.Retention;
using Platform.Worker.Features.Storage;

namespace Platform.Worker.Features.Schedules;

/// <summary>Every schedule of the platform. A new line here is a new row, a page entry and a run; a removed line removes them.</summary>
internal sealed class ScheduleList
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, ScheduleEntry> entries;

    /// <summary>The platform's list.</summary>
    public ScheduleList()
        : this(All)
    {
    }

    /// <summary>Another list, for tests.</summary>
    public ScheduleList(IEnumerable<ScheduleEntry> entries) =>
        this.entries = entries.ToDictionary(entry => entry.Definition.Name);

    /// <summary>Names of all.</summary>
    public string[] Names => [.. entries.Keys];

    /// <summary>What is stored of all.</summary>
    public IReadOnlyCollection<ScheduleDefinition> Definitions => [.. entries.Values.Select(entry => entry.Definition)];

    /// <summary>The classes that do the work.</summary>
    public IEnumerable<Type> Works => entries.Values.Select(entry => entry.Work).Distinct();

    private static ScheduleEntry[] All =>
    [
        ScheduleEntry.Of<PartitionsAhead>(new(
            "partitions-ahead", "Makes the coming days' partitions of documents and bodies.",
            Cadence.Every(TimeSpan.FromHours(1)), ScheduleRunner.Leader, Short)),
        ScheduleEntry.Of<RetentionByAge>(new(
            "retention-by-age", "Takes away what is older than its class is kept.",
            Cadence.Every(TimeSpan.FromHours(1)), ScheduleRunner.Job, Long)),
        ScheduleEntry.Of<RetentionBySize>(new(
            "retention-by-size", "Keeps the database under its size: oldest bodies go first, then traces, never messages.",
            Cadence.Every(TimeSpan.FromMinutes(15)), ScheduleRunner.Job, Long)),
        ScheduleEntry.Of<ExpiredLeases>(new(
            "expired-leases", "Looks for leases that ran out and that nobody takes over.",
            Cadence.Every(TimeSpan.FromMinutes(1)), ScheduleRunner.Leader, Short)),
        ScheduleEntry.Of<Orphans>(new(
            "orphans", "Removes half-written answers of ended activations and marks imports whose process ended.",
            Cadence.Every(TimeSpan.FromHours(1)), ScheduleRunner.Leader, Short)),
        ScheduleEntry.Of<NightlyBackup>(new(
            BackupRecords.NightlySchedule, "Copies the database, tries the copy out in a database of its own, and lets the oldest go.",
            Cadence.Daily(3, 20), ScheduleRunner.Job, Long)),
        ScheduleEntry.Of<IndexCheck>(new(
            "index-check", "Looks for invalid, damaged, unused and bloated indexes.",
            Cadence.Daily(4, 10), ScheduleRunner.Job, Long)),
    ];

    /// <summary>Finds one by its name.</summary>
    /// <returns>Null for one that only another version knows.</returns>
    public ScheduleEntry? Find(string name) => entries.GetValueOrDefault(name);
}
