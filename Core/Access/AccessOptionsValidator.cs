using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Platform.Core.Access;

/// <summary>A key is required outside Development, and a JWT secret must be long enough everywhere.</summary>
internal sealed class AccessOptionsValidator(IHostEnvironment environment) : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        List<string> problems = [];
        if (!environment.IsDevelopment() && string.IsNullOrWhiteSpace(options.ApiKey) && string.IsNullOrWhiteSpace(options.AuthToken))
        {
            problems.Add(
                $"No key is set and the environment is {environment.EnvironmentName}: set API_KEY (or AUTH_TOKEN, or API_KEY_FILE), e.g. to the output of 'openssl rand -hex 32'.");
        }

        if (options.JwtSecret is { Length: > 0 and < AccessOptions.MinJwtSecretLength } secret)
        {
            problems.Add(
                $"JWT_SECRET has {secret.Length} characters; write at least {AccessOptions.MinJwtSecretLength}, e.g. the output of 'openssl rand -base64 32'.");
        }

        // 32 random letters and digits cannot be guessed, however many tries there are.
        foreach (var (setting, key) in ((string, string?)[])[("API_KEY", options.ApiKey), ("AUTH_TOKEN", options.AuthToken)])
        {
            if (environment.IsProduction() && key?.Trim() is { Length: > 0 and < AccessOptions.MinKeyLength } shortKey)
            {
                problems.Add(
                    $"{setting} has {shortKey.Length} characters; in Production it needs at least {AccessOptions.MinKeyLength}, e.g. the output of 'openssl rand -hex 32'.");
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
