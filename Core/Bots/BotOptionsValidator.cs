using Microsoft.Extensions.Options;

namespace Platform.Core.Bots;

/// <summary>Refuses settings that cannot work, naming key, value and unit.</summary>
internal sealed class BotOptionsValidator : IValidateOptions<BotOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, BotOptions options) =>
        options.ScanInterval < Shortest || options.ScanInterval > Longest
            ? ValidateOptionsResult.Fail($"Bots:ScanInterval is {options.ScanInterval}; write {Shortest:c} to {Longest:c}.")
            : ValidateOptionsResult.Success;
}
