using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Contracts.Backups;
using Platform.Core.Backups;

namespace Platform.Api.Features.Backups;

/// <summary>Maps the state of backups, without names of folders.</summary>
internal static partial class BackupMapping
{
    public static BackupReport ToReport(BackupState state) => new(
        state.Verdict,
        state.Message,
        state.Newest is { } newest ? new BackupResponse(newest.File, newest.Cause, newest.SizeBytes, newest.CreatedAt, Age(state.At - newest.CreatedAt)) : null,
        state.NewestDrill is { } drill ? ToResponse(drill, state.At) : null);

    /// <summary>What is wrong with them, in one sentence; null when nothing is.</summary>
    public static string? ProblemOf(BackupState state) => state.Verdict is BackupVerdict.Overdue or BackupVerdict.Unusable ? state.Message : null;

    private static BackupDrillResponse ToResponse(BackupDrillResult drill, DateTimeOffset now) => new(
        drill.File,
        drill.Problem is null,
        drill switch
        {
            { Problem: not null } => "The restore drill failed.",
            { Tables: { } tables, Rows: { } rows } => string.Create(CultureInfo.InvariantCulture, $"Restored and compared: {tables} tables, {rows} rows."),
            _ => "Restored and compared.",
        },
        drill.Problem is { } problem ? Folder().Replace(problem, "") : null,
        drill.Tables,
        drill.Rows,
        drill.FinishedAt,
        Age(now - drill.FinishedAt));

    private static long Age(TimeSpan age) => (long)Math.Max(0, age.TotalSeconds);

    [GeneratedRegex("""(?<![^\s"'(=:])/(?:[^\s/"']+/)+""")]
    private static partial Regex Folder();
}
