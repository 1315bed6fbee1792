using Platform.Compose.Manifest;
using Platform.Compose.Profiles;
using Platform.Compose.Values;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Output;

/// <summary>What a service's container starts.</summary>
internal static class CommandKeys
{
    /// <exception cref="ComposeException">A command line would show a secret.</exception>
    public static void Add(Dictionary<string, YamlNode?> keys, ServiceResource? resource, ServiceProfile run, ManifestValues values, ResolvedEnvironment environment)
    {
        if (run.Command is { } command)
        {
            keys["command"] = Scalars.List(command);
        }
        else if (resource is not null)
        {
            keys["command"] = Scalars.List([.. resource.Arguments.Select(argument => Argument(resource, values.Resolve(resource.Name, argument), environment))]);
        }

        if (resource is ContainerResource { Entrypoint: { } entrypoint })
        {
            keys["entrypoint"] = Scalars.List([entrypoint]);
        }
    }

    private static string Argument(ServiceResource resource, ResolvedValue value, ResolvedEnvironment environment)
    {
        if (value.IsSecret)
        {
            throw new ComposeException($"Resource '{resource.Name}': an argument contains a secret, which process lists would show.");
        }

        // In the manifest a dollar is the shell's, which reads a variable where there is only a file now.
        var text = value.ToComposeText();
        return environment.SecretVariables.FirstOrDefault(name => text.Contains($"$${name}", StringComparison.Ordinal)) is not { } secret
            ? text
            : RedisCommand.WithPasswordFile(text, secret)
                ?? throw new ComposeException($"Resource '{resource.Name}': its command reads ${secret}, which is in the file ${secret}_FILE here; only redis-server commands can be rewritten.");
    }
}
