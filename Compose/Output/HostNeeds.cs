using System.Text.RegularExpressions;
using Platform.Compose.Manifest;
using Platform.Compose.Profiles;
using Platform.Compose.Values;

namespace Platform.Compose.Output;

/// <summary>
/// Collects what the machine must have before the services start: secrets and folders. They become a table that a shell can read,
/// since a server has neither .NET nor a reader of YAML.
/// </summary>
/// <param name="profile">Whose services they are.</param>
internal sealed partial class HostNeeds(Profile profile)
{
    private const string Nothing = "-";

    private readonly SortedDictionary<string, NeededSecret> _secrets = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, NeededFolder> _folders = new(StringComparer.Ordinal);

    /// <summary>The secrets that services read.</summary>
    public IEnumerable<string> SecretNames => _secrets.Values.Where(secret => secret.Group is not null).Select(secret => secret.Name);

    /// <summary>Adds a secret that the profile names.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="ComposeException">Services of different groups read it.</exception>
    public string AddNamed(string service, string name, string group)
    {
        if (!profile.RenderedSecrets.TryGetValue(name, out var text))
        {
            return Add(service, name, RecipeOf(name), group);
        }

        foreach (var part in SecretName().Matches(text).Select(match => match.Groups[1].Value))
        {
            Add(service, part, RecipeOf(part), group: null);
        }

        return Add(service, name, new SecretRecipe(SecretRecipe.Rendered, text), group);
    }

    /// <summary>Adds what a service's value is made of.</summary>
    /// <param name="service">The service.</param>
    /// <param name="key">The variable it is for.</param>
    /// <param name="expression">The value as the manifest has it, which may give it a name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="group">The group that reads it.</param>
    /// <returns>The secret's name.</returns>
    /// <exception cref="ComposeException">Services of different groups read it, or it cannot be put together.</exception>
    public string AddSecret(string service, string key, Expression expression, ResolvedValue value, string group)
    {
        if (value.OnlySecret is { } only)
        {
            return Add(service, only.Name, RecipeOf(only), group);
        }

        foreach (var part in value.Parts.OfType<SecretPart>())
        {
            Add(service, part.Name, RecipeOf(part), group: null);
        }

        var name = expression.OnlyReference is { Path: ["connectionString"] } reference
            ? $"{reference.Resource}-connection"
            : $"{service}-{key.Replace('_', '-').ToLowerInvariant()}";
        return Add(service, name, SecretRecipe.Render(service, value), group);
    }

    /// <summary>Adds a folder of the machine, if its place can be chosen; others come with the repository.</summary>
    public void AddFolder(ProfileMount mount, ServiceProfile run)
    {
        if (ProfileVariables.OnlyVariable(mount.Source) is { } variable)
        {
            var isWritten = !mount.ReadOnly || (_folders.TryGetValue(variable, out var known) && known.IsWritten);
            _folders[variable] = new NeededFolder(Token(mount.Source), isWritten, run.User.Split(':')[0], run.Group);
        }
    }

    /// <summary>The table: columns between tabs, <c>-</c> where there is nothing, <c>VARIABLE:DEFAULT</c> where <c>.env</c> may choose.</summary>
    public string Write()
    {
        IEnumerable<string> lines =
        [
            $"# Secrets and folders that {profile.Project} requires; ./platform creates them. Columns are separated by tabs, - is empty,",
            "# VARIABLE:DEFAULT is a setting of .env. Written by Compose: change deploy/profiles.",
            $"# secret: a file of {profile.Secrets}/, mode 0440 for the group; generate (N letters and digits), given (by the operator), optional (may be empty),",
            "#         render (the text with {NAME} replaced by that secret)",
            "# folder: read or written by this user and group",
            Line("#kind", "name", "how", "argument", "user", "group"),
            .. _secrets.Values.OrderBy(secret => secret.Recipe.How == SecretRecipe.Rendered)
                .Select(secret => Line("secret", secret.Name, secret.Recipe.How, secret.Recipe.Argument, Nothing, secret.Group is { } group ? Token(group) : Nothing)),
            .. _folders.Values.Select(folder => Line("folder", folder.Place, folder.IsWritten ? "write" : "read", Nothing, Token(folder.User), Token(folder.Group))),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private SecretRecipe RecipeOf(SecretPart part) =>
        part.GeneratedLength is { } length ? SecretRecipe.Generate(length) : new SecretRecipe(Given(part.Name), Nothing);

    private SecretRecipe RecipeOf(string name) =>
        profile.GeneratedSecrets.TryGetValue(name, out var length) ? SecretRecipe.Generate(length) : new SecretRecipe(Given(name), Nothing);

    private string Given(string name) => profile.OptionalSecrets.Contains(name) ? "optional" : "given";

    private string Add(string service, string name, SecretRecipe recipe, string? group)
    {
        var known = _secrets.GetValueOrDefault(name) ?? new NeededSecret(name, recipe, group);
        if (known.Recipe != recipe)
        {
            throw new ComposeException($"Resource '{service}': the secret {name} is already defined differently.");
        }

        // A file has one group; readers of another group would need wider permissions.
        if (known.Group is not null && group is not null && known.Group != group)
        {
            throw new ComposeException($"Resource '{service}': it reads the secret {name} as the group {group}, another service reads it as {known.Group}; a file has one group.");
        }

        _secrets[name] = known with { Group = known.Group ?? group };
        return name;
    }

    private string Token(string text) => ProfileVariables.OnlyVariable(text) is { } variable ? $"{variable}:{profile.Variables.ExpandToDefaults(text)}" : text;

    private static string Line(params IEnumerable<string> columns) => string.Join('\t', columns);

    [GeneratedRegex("""\{([a-z0-9-]+)\}""")]
    private static partial Regex SecretName();
}
