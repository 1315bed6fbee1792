using Microsoft.Extensions.Options;

namespace Platform.Worker.Features.Outbox;

/// <summary>Refuses settings that cannot work, naming key, value and unit.</summary>
internal sealed class OutboxOptionsValidator : IValidateOptions<OutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboxOptions options)
    {
        List<string> problems = [];
        CheckCount("MaxConcurrent", options.MaxConcurrent, 1, 200);
        CheckCount("MaxPerTarget", options.MaxPerTarget, 1, 100);
        CheckCount("MaxRetries", options.MaxRetries, 0, 20);
        CheckTime("PollInterval", options.PollInterval, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        CheckTime("FirstRetryDelay", options.FirstRetryDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        CheckTime("LongestRetryAfter", options.LongestRetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        CheckTime("DrainTimeout", options.DrainTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void CheckCount(string key, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                problems.Add($"{OutboxOptions.Section}:{key} is {value}; write {least} to {most}.");
            }
        }

        void CheckTime(string key, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                problems.Add($"{OutboxOptions.Section}:{key} is {value}; write {least} to {most} (hours:minutes:seconds).");
            }
        }
    }
}
