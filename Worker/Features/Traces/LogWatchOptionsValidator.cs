using Microsoft.Extensions.Options;

namespace Platform.Worker.Features.Traces;

/// <summary>Refuses settings that cannot work, naming key, value and unit.</summary>
internal sealed class LogWatchOptionsValidator : IValidateOptions<LogWatchOptions>
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, LogWatchOptions options) => options.WatchInterval < Least || options.WatchInterval > Most
        ? ValidateOptionsResult.Fail($"{LogWatchOptions.Section}:WatchInterval is {options.WatchInterval}; write {Least} to {Most} (hours:minutes:seconds).")
        : ValidateOptionsResult.Success;
}
