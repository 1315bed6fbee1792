using Microsoft.Extensions.Options;

namespace Platform.Core.Retention;

/// <summary>Refuses settings that cannot work, naming key, value and unit.</summary>
internal sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        List<string> problems = [];
        Check(nameof(options.Traces), options.Traces, Day);
        Check(nameof(options.Bodies), options.Bodies, Day);
        Check(nameof(options.ImportedTraces), options.ImportedTraces, Day);
        Check(nameof(options.Messages), options.Messages, Day);
        Check(nameof(options.Activations), options.Activations, Day);
        Check(nameof(options.Jobs), options.Jobs, Day);
        Check(nameof(options.ImportRuns), options.ImportRuns, Day);
        Check(nameof(options.IdempotencyKeys), options.IdempotencyKeys, Hour);
        Check(nameof(options.Events), options.Events, Hour);
        Check(nameof(options.Outbox), options.Outbox, Hour);
        Check(nameof(options.DeadLetters), options.DeadLetters, Hour);
        if (options.MaxSizeBytes is not 0 and < RetentionOptions.LeastMaxSizeBytes)
        {
            problems.Add(
                $"Retention:MaxSizeBytes is {options.MaxSizeBytes} bytes; write 0 for no limit, or at least {RetentionOptions.LeastMaxSizeBytes} (1 GiB).");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Check(string key, TimeSpan value, TimeSpan least)
        {
            if (value != TimeSpan.Zero && (value < least || value > RetentionOptions.Longest))
            {
                problems.Add(
                    $"Retention:{key} is {value}; write 0 to keep it for good, or {least} to {RetentionOptions.Longest} (days.hours:minutes:seconds).");
            }
        }
    }
}
