using Platform.Compose.Manifest;
using Platform.Compose.Profiles;
using Platform.Compose.Values;

namespace Platform.Compose.Output;

/// <summary>Puts a service's variables together: the manifest's, then the profile's; each secret by the file that holds it.</summary>
internal sealed class ServiceEnvironment(Profile profile, ManifestValues values, HostNeeds needs)
{
    private const string SecretsFolder = "/run/secrets";

    private readonly SortedDictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _secrets = new(StringComparer.Ordinal);
    private readonly List<string> _secretVariables = [];

    /// <exception cref="ComposeException">A value cannot be resolved; the message names the resource.</exception>
    public ResolvedEnvironment Of(string service, ServiceResource? resource, ServiceProfile run)
    {
        foreach (var (key, expression) in resource?.Environment ?? new Dictionary<string, Expression>())
        {
            if (resource is not ProjectResource || !(profile.Omits(key) || run.Secrets.ContainsKey(key)))
            {
                AddFromManifest(service, key, expression, run);
            }
        }

        foreach (var (key, secret) in run.Secrets)
        {
            AddSecret(key, needs.AddNamed(service, secret, run.Group));
        }

        foreach (var (key, value) in run.Environment)
        {
            _variables[key] = profile.Variables.Expand(value);
        }

        return new ResolvedEnvironment(_variables, [.. _secrets], _secretVariables);
    }

    private void AddFromManifest(string service, string key, Expression expression, ServiceProfile run)
    {
        var value = values.Resolve(service, expression);
        if (value is { NeedsHttps: true, NeedsOther: true })
        {
            throw new ComposeException($"Resource '{service}': {key} refers to an https binding among other things; services use http among themselves.");
        }

        if (value.IsSecret)
        {
            AddSecret(key, needs.AddSecret(service, key, expression, value, run.Group));
        }
        else if (!value.NeedsHttps)
        {
            _variables[key] = value.ToComposeText();
        }
    }

    private void AddSecret(string key, string secret)
    {
        _secrets.Add(secret);
        _secretVariables.Add(key);
        _variables[$"{key}_FILE"] = $"{SecretsFolder}/{secret}";
    }
}
