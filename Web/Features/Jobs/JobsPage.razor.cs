using Microsoft.AspNetCore.Components;
using Platform.Contracts.Backups;
using Platform.Contracts.Jobs;
using Platform.Contracts.Retention;
using Platform.Contracts.Schedules;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Jobs;

/// <summary>Scheduled jobs, the job queue, retention and backups.</summary>
public sealed partial class JobsPage
{
    /// <summary>Name of the schedule that was started.</summary>
    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [SupplyParameterFromForm(FormName = "run")]
    private RunForm? Run { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private DateTimeOffset Now => Clock.GetUtcNow();

    private ScheduleList? Schedules { get; set; }

    /// <summary>Whether a run is requested or in progress; the page refreshes faster then.</summary>
    private bool IsRunning => Schedules is { Leader: not null } list && list.Schedules.Any(schedule => schedule.Asked || schedule.Current is not null);

    private JobList? Jobs { get; set; }

    private RetentionReport? Retention { get; set; }

    private BackupReport? Backups { get; set; }

    private string? Problem { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var schedules = Api.GetSchedulesAsync(HttpContext.RequestAborted);
        var jobs = Api.GetJobsAsync(HttpContext.RequestAborted);
        var retention = Api.GetRetentionAsync(HttpContext.RequestAborted);
        var backups = Api.GetBackupsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(schedules, jobs, retention, backups);
        (Schedules, Jobs, Retention, Backups) = (await schedules, await jobs, await retention, await backups);
    }

    private async Task RunAsync()
    {
        if (Run?.Name is not { Length: > 0 } name)
        {
            return;
        }

        Problem = await Api.RunScheduleAsync(name, HttpContext.RequestAborted);
        if (Problem is null)
        {
            Navigation.NavigateTo($"/jobs?done={Uri.EscapeDataString(name)}");
        }
    }

    /// <summary>Form fields.</summary>
    private sealed class RunForm
    {
        public string? Name { get; set; }
    }
}
