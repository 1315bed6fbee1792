using Microsoft.Extensions.Options;

namespace Platform.Worker.Features.Activations;

/// <summary>Refuses settings that cannot work, naming key, value and unit.</summary>
internal sealed class ActivationOptionsValidator : IValidateOptions<ActivationOptions>
{
    public ValidateOptionsResult Validate(string? name, ActivationOptions options)
    {
        List<string> problems = [];
        CheckCount("MaxConcurrent", options.MaxConcurrent, 200);
        CheckCount("Headroom", options.Headroom, 1000);
        CheckCount("MaxAttempts", options.MaxAttempts, 100);
        CheckTime("PollInterval", options.PollInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        CheckTime("SweepInterval", options.SweepInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));
        CheckTime("DrainTimeout", options.DrainTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        for (var index = 0; index < options.Delays.Count; index++)
        {
            CheckTime($"DeferDelays:{index}", options.Delays[index], TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1));
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void CheckCount(string key, int value, int most)
        {
            if (value < 1 || value > most)
            {
                problems.Add($"{ActivationOptions.Section}:{key} is {value}; write 1 to {most}.");
            }
        }

        void CheckTime(string key, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                problems.Add($"{ActivationOptions.Section}:{key} is {value}; write {least} to {most} (hours:minutes:seconds).");
            }
        }
    }
}
