using Platform.Compose.Manifest;
using Platform.Compose.Profiles;
using Platform.Compose.Values;

namespace Platform.Compose.Output;

/// <summary>Writes <c>.env.example</c>: every variable that a compose file reads, with its default.</summary>
internal static class EnvExample
{
    /// <exception cref="ComposeException">Two profiles declare a variable differently.</exception>
    public static string Write(AppManifest manifest, IReadOnlyList<Profile> profiles)
    {
        var lines = new List<string>
        {
            "# Copy to .env and edit; both environments read it. Secrets do not belong here: they are files (docs/operations.md).",
            "# All other settings (docs/configuration.md) go into .env.production and .env.staging, one NAME=value per line. So do HTTPS_PROXY and NO_PROXY,",
            "# which calls to model providers and webhooks follow; calls between the services never use a proxy.",
        };
        var written = new Dictionary<string, ProfileVariable>();
        foreach (var profile in profiles)
        {
            foreach (var (name, variable) in profile.Variables.Declared.Concat(Parameters(manifest, profile)))
            {
                if (written.TryAdd(name, variable))
                {
                    lines.AddRange(["", $"# {variable.About}", $"{name}={variable.Default}"]);
                }
                else if (written[name] != variable)
                {
                    throw new ComposeException($"Profile '{profile.Name}': the variable {name} is declared differently elsewhere.");
                }
            }
        }

        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<KeyValuePair<string, ProfileVariable>> Parameters(AppManifest manifest, Profile profile) =>
        new ManifestValues(manifest, profile.VariablePrefix).Variables.Select(variable => KeyValuePair.Create(
            variable.Name, new ProfileVariable(variable.Default ?? "", $"A parameter of AppHost{(variable.Default is null ? "; it must be set" : "")}")));
}
