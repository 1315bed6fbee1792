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

    private readonly Dictionary<string, ScheduleEntry> _entries;

    /// <summary>The platform's list.</summary>
    public ScheduleList()
        : this(All)
    {
    }

    /// <summary>Another list, for tests.</summary>
    public ScheduleList(IEnumerable<ScheduleEntry> entries) =>
        this._entries = entries.ToDictionary(entry => entry.Definition.Name);

    /// <summary>Names of all.</summary>
    public string[] Names => [.. _entries.Keys];

    /// <summary>What is stored of all.</summary>
    public IReadOnlyCollection<ScheduleDefinition> Definitions => [.. _entries.Values.Select(entry => entry.Definition)];

    /// <summary>The classes that do the work.</summary>
    public IEnumerable<Type> Works => _entries.Values.Select(entry => entry.Work).Distinct();

    private static ScheduleEntry[] All =>
    [
        ScheduleEntry.Of<PartitionsAhead>(new(
            "partitions-ahead", "Creates the day partitions of trace documents, raw requests and responses for the next days.",
            Cadence.Every(TimeSpan.FromHours(1)), ScheduleRunner.Leader, Short)),
        ScheduleEntry.Of<RetentionByAge>(new(
            "retention-by-age", "Deletes data that is older than its retention period.",
            Cadence.Every(TimeSpan.FromHours(1)), ScheduleRunner.Job, Long)),
        ScheduleEntry.Of<RetentionBySize>(new(
            "retention-by-size", "Keeps the database under its size limit: deletes the oldest raw requests and responses first, then the oldest traces of the platform's bots, never messages or imported traces.",
            Cadence.Every(TimeSpan.FromMinutes(15)), ScheduleRunner.Job, Long)),
        ScheduleEntry.Of<ExpiredLeases>(new(
            "expired-leases", "Warns of expired leases that no worker takes over.",
            Cadence.Every(TimeSpan.FromMinutes(1)), ScheduleRunner.Leader, Short)),
        ScheduleEntry.Of<Orphans>(new(
            "orphans", "Removes partial answers of ended activations and marks interrupted imports as failed.",
            Cadence.Every(TimeSpan.FromHours(1)), ScheduleRunner.Leader, Short)),
        ScheduleEntry.Of<SearchWords>(new(
            "search-words", "Updates the search words of traces that an earlier version stored.",
            Cadence.Every(TimeSpan.FromMinutes(10)), ScheduleRunner.Job, Long)),
        ScheduleEntry.Of<NightlyBackup>(new(
            BackupRecords.NightlySchedule, "Backs up the database, restores the backup into a scratch database to check it, and deletes the oldest backups.",
            Cadence.Daily(3, 20), ScheduleRunner.Job, Long)),
        ScheduleEntry.Of<IndexCheck>(new(
            "index-check", "Checks for invalid, damaged, unused and bloated indexes.",
            Cadence.Daily(4, 10), ScheduleRunner.Job, Long)),
    ];

    /// <summary>Finds one by its name.</summary>
    /// <returns>Null for one that only another version knows.</returns>
    public ScheduleEntry? Find(string name) => _entries.GetValueOrDefault(name);
}
