using Microsoft.Extensions.Options;

namespace Platform.Core.Storage;

/// <summary>Refuses settings that cannot work, naming key, value and unit.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        List<string> problems = [];
        if (options.MaxConnections is < 1 or > 40)
        {
            problems.Add($"Storage:MaxConnections is {options.MaxConnections}; write 1 to 40 connections.");
        }

        if (options.ConnectTimeout < TimeSpan.FromSeconds(1) || options.ConnectTimeout > TimeSpan.FromSeconds(30))
        {
            problems.Add($"Storage:ConnectTimeout is {options.ConnectTimeout}; write 00:00:01 to 00:00:30.");
        }

        if (options.CommandTimeout < TimeSpan.FromSeconds(1) || options.CommandTimeout > TimeSpan.FromMinutes(10))
        {
            problems.Add($"Storage:CommandTimeout is {options.CommandTimeout}; write 00:00:01 to 00:10:00.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
