using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Contracts.Backups;
using Platform.Core.Backups;

namespace Platform.Api.Features.Backups;

/// <summary>Says how it stands with backups, without names of folders.</summary>
internal static partial class BackupMapping
{
    public static BackupReport ToReport(BackupState state) => new(
        state.Verdict,
        Message(state),
        state.Newest is { } newest ? new BackupResponse(newest.File, newest.Cause, newest.SizeBytes, newest.CreatedAt, Age(state.At - newest.CreatedAt)) : null,
        state.NewestTrial is { } trial ? ToResponse(trial, state.At) : null);

    /// <summary>What is wrong with them, in one sentence; null when nothing is.</summary>
    public static string? ProblemOf(BackupState state) => state.Verdict is BackupVerdict.Overdue or BackupVerdict.Unusable ? Message(state) : null;

    private static BackupDrillResponse ToResponse(BackupTrial trial, DateTimeOffset now) => new(
        trial.File,
        trial.Problem is null,
        trial switch
        {
            { Problem: not null } => "The backup could not be restored.",
            { Tables: { } tables, Rows: { } rows } => string.Create(CultureInfo.InvariantCulture, $"Restored and compared: {tables} tables, {rows} rows."),
            _ => "Restored and compared.",
        },
        trial.Problem is { } problem ? Folder().Replace(problem, "") : null,
        trial.Tables,
        trial.Rows,
        trial.FinishedAt,
        Age(now - trial.FinishedAt));

    private static string Message(BackupState state) => state.Verdict switch
    {
        BackupVerdict.Unusable => "The last backup that was tried could not be restored.",
        BackupVerdict.Overdue when state.Newest is null => "No backup was made yet, though one is due each night.",
        BackupVerdict.Overdue => $"The newest backup is older than {BackupState.LongestAge.TotalHours:0} hours.",
        BackupVerdict.NoneYet => "No backup was made yet.",
        BackupVerdict.NotSet => "Backups are not set up: BACKUPS_DIR names no folder.",
        _ => "The newest backup is in time.",
    };

    private static long Age(TimeSpan age) => (long)Math.Max(0, age.TotalSeconds);

    [GeneratedRegex("""(?<![^\s"'(=:])/(?:[^\s/"']+/)+""")]
    private static partial Regex Folder();
}
