namespace Platform.Compose.Profiles;

/// <summary>How an environment runs: settings that the manifest does not have.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Environment">Such as <c>production</c>.</param>
/// <param name="Project">The compose project, which keeps environments apart.</param>
/// <param name="Output">The compose file to write, relative to the repository.</param>
/// <param name="Needs">The table of what the machine must have first, relative to the repository.</param>
/// <param name="Secrets">The folder of secrets, relative to the repository.</param>
/// <param name="Unraid">The folder for Unraid's templates, relative to the repository; null for none.</param>
/// <param name="OptionalSecrets">Secrets that may be empty.</param>
/// <param name="GeneratedSecrets">Secrets that are made up, by name, with their length in letters and digits.</param>
/// <param name="RenderedSecrets">Secrets made of others, by name; <c>{NAME}</c> in the text stands for the secret of that name.</param>
/// <param name="Omit">Unused variables of projects, which are left out; <c>*</c> stands for any text.</param>
/// <param name="Images">What projects are built into.</param>
/// <param name="Variables">What <c>.env</c> may set.</param>
/// <param name="Networks">Networks by name.</param>
/// <param name="Services">By name.</param>
internal sealed record Profile(
    string Name,
    string Environment,
    string Project,
    string Output,
    string Needs,
    string Secrets,
    string? Unraid,
    IReadOnlySet<string> OptionalSecrets,
    IReadOnlyDictionary<string, int> GeneratedSecrets,
    IReadOnlyDictionary<string, string> RenderedSecrets,
    IReadOnlyList<string> Omit,
    ProjectImages Images,
    ProfileVariables Variables,
    IReadOnlyDictionary<string, NetworkProfile> Networks,
    IReadOnlyDictionary<string, ServiceProfile> Services)
{
    /// <summary>In front of the names of variables that belong to this environment alone.</summary>
    public string VariablePrefix => $"{Environment.ToUpperInvariant()}_";

    /// <exception cref="ComposeException">Something is missing or not understood.</exception>
    public static Profile Read(string name, ProfileMap yaml)
    {
        var profile = new Profile(
            name,
            yaml.RequiredText("environment"),
            yaml.RequiredText("project"),
            yaml.RequiredText("output"),
            yaml.RequiredText("needs"),
            yaml.RequiredText("secrets"),
            yaml.Text("unraid"),
            (yaml.Texts("optional_secrets") ?? []).ToHashSet(),
            ReadLengths(yaml.Map("generated_secrets")),
            yaml.TextMap("rendered_secrets"),
            yaml.Texts("omit") ?? [],
            ProjectImages.Read(yaml.Map("images") ?? throw yaml.Wrong("images is missing")),
            new ProfileVariables(name, yaml.Maps("variables", (_, map) => ProfileVariable.Read(map))),
            yaml.Maps("networks", (_, map) => NetworkProfile.Read(map)),
            yaml.Maps("services", (service, map) => ServiceProfile.Read(service, map)));
        yaml.End();
        return profile;
    }

    /// <summary>Whether this variable of a project is left out.</summary>
    public bool Omits(string variable) => Omit.Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, variable, ignoreCase: false));

    private static Dictionary<string, int> ReadLengths(ProfileMap? map)
    {
        var lengths = (map?.Keys ?? []).ToDictionary(name => name, name => map!.Number(name) is > 0 and { } length ? length : throw map.Wrong($"{name} must be a length"));
        map?.End();
        return lengths;
    }
}

/// <summary>A network of an environment.</summary>
/// <param name="IsInternal">Without a way out, and without published ports.</param>
/// <param name="Masquerades">Whether containers reach other machines through the address of this one. Without it there is no way out either, but ports can be published.</param>
internal sealed record NetworkProfile(bool IsInternal, bool Masquerades)
{
    /// <exception cref="ComposeException">Something is not understood.</exception>
    public static NetworkProfile Read(ProfileMap map)
    {
        var network = new NetworkProfile(map.Flag("internal") ?? false, map.Flag("masquerade") ?? true);
        map.End();
        return network;
    }
}
