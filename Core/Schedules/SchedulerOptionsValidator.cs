using Microsoft.Extensions.Options;

namespace Platform.Core.Schedules;

/// <summary>Refuses settings that cannot work, naming key, value and unit.</summary>
internal sealed class SchedulerOptionsValidator : IValidateOptions<SchedulerOptions>
{
    public ValidateOptionsResult Validate(string? name, SchedulerOptions options) =>
        options.TakeoverBound < SchedulerOptions.LeastTakeoverBound || options.TakeoverBound > SchedulerOptions.MostTakeoverBound
            ? ValidateOptionsResult.Fail(
                $"SCHEDULER_LOCK_RETRY_SECONDS (Scheduler:TakeoverBound) is {options.TakeoverBound.TotalSeconds:0.###} seconds; write 1 to 60 seconds.")
            : ValidateOptionsResult.Success;
}
